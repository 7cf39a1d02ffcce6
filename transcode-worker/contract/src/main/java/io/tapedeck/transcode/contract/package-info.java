/// What transcode-worker tells the world (segments, plans, tasks), the commands it takes, and the
/// jobs its instances hand each other.
@NullMarked
package io.tapedeck.transcode.contract;

import org.jspecify.annotations.NullMarked;
