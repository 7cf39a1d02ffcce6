package io.tapedeck.chassis.database;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.TransactionalException;
import org.jspecify.annotations.Nullable;

/// Believes nothing that is found in a transaction that can only be rolled back. When the database
/// goes away while a transaction begins, Hibernate's `find` answers as if there were no such row
/// (HHH-12472): a recorder that is told so gives up. And a method that returns is rolled back
/// without a word: what it acknowledges would be lost.
///
/// Stands between the transaction and the method. Throws [TransactionalException], caused by a
/// [RollbackException] as when a commit fails.
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 201)
class DoomedInterceptor {

    /// What a method has refused dooms the transaction of those that called it, and is believed.
    private static final Object REFUSAL = new Object();

    private final TransactionSynchronizationRegistry transaction;

    DoomedInterceptor(TransactionSynchronizationRegistry transaction) {
        this.transaction = transaction;
    }

    @AroundInvoke
    Object around(InvocationContext call) throws Exception {
        Object result;
        try {
            result = call.proceed();
        } catch (Exception e) {
            if (mayCommit()) {
                transaction.putResource(REFUSAL, e);
                throw e;
            }
            throw isRefusal(e) ? e : doomed(e);
        }
        if (!mayCommit()) {
            throw doomed(null);
        }
        return result;
    }

    private boolean mayCommit() {
        return transaction.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    /// A transaction that was rolled back already, because it took too long, remembers nothing.
    private boolean isRefusal(Exception e) {
        return transaction.getTransactionStatus() == Status.STATUS_MARKED_ROLLBACK
                && transaction.getResource(REFUSAL) == e;
    }

    private static TransactionalException doomed(@Nullable Exception result) {
        var failure =
                new TransactionalException(
                        "the transaction can only be rolled back",
                        new RollbackException("the database went away, or it took too long"));
        if (result != null) {
            failure.addSuppressed(result);
        }
        return failure;
    }
}
