/// Everything on one machine: real neighbours and the unchanged service jars, each a process of its
/// own on 127.0.0.1, behind one door.
///
/// `./tapedeck` builds what is missing and runs {@link io.tapedeck.standalone.Main}. A test starts
/// the same script, or the same class in a process of its own, with `--port 0 --data DIR`, and
/// learns the rest from `DIR/run/state.json` (read it with {@link
/// io.tapedeck.standalone.RunStateFile}): once `ready` is true and `launcherPid` is the process it
/// started (a killed predecessor's file may still lie there), `url` is the page, `ownerKeyFile`
/// holds the owner key, and `processes` names each child with its pid and port. Children are
/// `postgres`, `kafka`, `s3proxy`, `ingest-service`, `transcode-worker-1` and so on, and
/// `playback-service`. A killed child comes back under the same name and port with another pid,
/// within a second or so. `GET /q/health` at the page's address is 200 while all of them work.
///
/// SIGTERM or SIGINT to the launcher ends everything in order and removes the file. After a SIGKILL
/// the children end by themselves, because each holds the other end of a pipe from the launcher;
/// the next start makes sure of it.
@NullMarked
package io.tapedeck.standalone;

import org.jspecify.annotations.NullMarked;
