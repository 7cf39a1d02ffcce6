/// Who may: the owner, by the owner key.
@NullMarked
package io.tapedeck.chassis.access;

import org.jspecify.annotations.NullMarked;
