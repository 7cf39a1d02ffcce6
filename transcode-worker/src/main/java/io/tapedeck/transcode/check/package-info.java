/// Looks at what was made of a finished session and says in plain words whether it is whole: a pure
/// function from what rows, store and file say to findings, and the edges that ask them.
@NullMarked
package io.tapedeck.transcode.check;

import org.jspecify.annotations.NullMarked;
