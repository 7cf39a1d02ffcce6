/// Processes of their own: started, watched, started again, ended, and never left behind.
@NullMarked
package io.tapedeck.standalone.child;

import org.jspecify.annotations.NullMarked;
