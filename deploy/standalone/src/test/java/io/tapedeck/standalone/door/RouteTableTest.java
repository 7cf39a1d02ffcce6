package io.tapedeck.standalone.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/sessions, INGEST",
        "GET, /api/v1/sessions, PLAYBACK",
        "GET, /api/v1/sessions/a-b_c, PLAYBACK",
        "DELETE, /api/v1/sessions/a, INGEST",
        "POST, /api/v1/sessions/a/restore, INGEST",
        "POST, /api/v1/sessions/a/complete, INGEST",
        "POST, /api/v1/sessions/a/exports, PLAYBACK",
        "PUT, /api/v1/sessions/a/chunks/0, INGEST",
        "GET, /api/v1/sessions/a/chunks, INGEST",
        "POST, /api/v1/uploads, INGEST",
        "POST, /api/v1/files, INGEST",
        "OPTIONS, /api/v1/files, INGEST",
        "HEAD, /api/v1/files/a, INGEST",
        "PATCH, /api/v1/files/a, INGEST",
        "DELETE, /api/v1/files/a, INGEST",
        "POST, /upload, INGEST",
        "GET, /api/v1/frames, INGEST",
        "GET, /upload, PAGES",
        "POST, /api/v1/cameras, INGEST",
        "DELETE, /api/v1/cameras/a, INGEST",
        "POST, /api/v1/cameras/a/recordings, INGEST",
        "GET, /api/v1/camerasa, PLAYBACK",
        "GET, /cameras, PAGES",
        "GET, /cameras/a, PAGES",
        "POST, /uploads, PAGES",
        "POST, /api/v1/filesystem, PLAYBACK",
        "GET, /api/v1/tasks, PLAYBACK",
        "POST, /api/v1/tasks/a/cancel, PLAYBACK",
        "GET, /api/v1/tasks/a/events, PLAYBACK",
        "POST, /api/v1/sign-in, PLAYBACK",
        "GET, /api/v2/anything, PLAYBACK",
        "GET, /hls/a/master.m3u8, PLAYBACK",
        "HEAD, /media/a/recording.mp4, PLAYBACK",
        "GET, /recordings, PLAYBACK",
        "GET, /recordings/a_1.mp4, PLAYBACK",
        "GET, /, PAGES",
        "GET, /watch/a, PAGES",
        "GET, /assets/index-1.js, PAGES",
        "GET, /hlsa, PAGES",
    })
    void eachAddressHasItsPart(String method, String path, Target target) {
        assertThat(RouteTable.target(method, path, false)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /q/metrics",
        "GET, /q/health/ready",
        "GET, //api/v1/sessions",
        "GET, /x/../api/v1/tasks",
        "GET, /watch/a/api/v1/sessions",
    })
    void whatIsInsideStaysInside(String method, String path) {
        assertThat(RouteTable.target(method, path, true)).isEqualTo(Target.PAGES);
    }

    @Test
    void theRootIsAPageAndAWebSocket() {
        assertThat(RouteTable.target("GET", "/", false)).isEqualTo(Target.PAGES);
        assertThat(RouteTable.target("GET", "/", true)).isEqualTo(Target.INGEST);
        assertThat(RouteTable.target("POST", "/", true)).isEqualTo(Target.PAGES);
        assertThat(RouteTable.target("GET", "/watch/a", true)).isEqualTo(Target.PAGES);
    }

    @Test
    void namesAreUnique() {
        assertThat(RouteTable.routes()).extracting(Route::name).doesNotHaveDuplicates();
    }
}
