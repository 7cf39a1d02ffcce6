/// Transactions on the worker's schema. Repositories say in SQL exactly what they lock, because
/// several workers meet in these rows.
@NullMarked
package io.tapedeck.transcode.database;

import org.jspecify.annotations.NullMarked;
