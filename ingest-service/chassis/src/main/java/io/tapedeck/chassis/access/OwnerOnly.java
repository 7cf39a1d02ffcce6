package io.tapedeck.chassis.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A door that only the owner may use: `Authorization: Bearer <owner key>` or the cookie
/// [OwnerKey#COOKIE]. Others get 401. A service with such a door must demand `tapedeck.owner.key`
/// in its configuration; without a key nobody is the owner.
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface OwnerOnly {}
