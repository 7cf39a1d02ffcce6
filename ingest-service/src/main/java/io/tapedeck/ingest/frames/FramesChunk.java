package io.tapedeck.ingest.frames;

/// About a second of pictures and sound.
///
/// @param index in the session, from 0
/// @param run in the session, from 0
/// @param hasPictures whether its run has them
/// @param hasSound whether its run has it
@SuppressWarnings("ArrayRecordComponent") // never compared
record FramesChunk(long index, int run, byte[] bytes, boolean hasPictures, boolean hasSound) {}
