/// What is known of each session, folded from the stories that ingest and the worker tell: the read
/// model behind every other package here. It can be thrown away and told again.
@NullMarked
package io.tapedeck.playback.catalog;

import org.jspecify.annotations.NullMarked;
