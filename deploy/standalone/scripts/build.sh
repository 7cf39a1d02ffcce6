# Sourced by ./tapedeck, in the root of the checkout, with JAVA_HOME set: builds what is missing or
# stale. Whether something is stale is seen from the times of files alone, so that a start with
# nothing changed runs no build tool.

build_log=target/build.log
java_stamp=target/built-java
pages_stamp=web-ui/node_modules/.tapedeck-built

# The launcher only waits and passes bytes on.
launcher_options="-Xmx96m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+AutoCreateSharedArchive
  -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off
  -Dvertx.disableDnsResolver=true"

say() { printf '%s\n' "$*"; }

# Ends the program "$worker" with all that it started, and waits for that. Programs in the background
# do not hear Ctrl-C themselves.
stop_worker() {
  if ! kill -s TERM -- "-$worker" 2>/dev/null; then # it has no group of its own
    kill "$worker" 2>/dev/null || true
  fi
  wait "$worker" 2>/dev/null || true
  for _ in 1 2 3; do
    kill -0 "-$worker" 2>/dev/null || return 0
    sleep 1
  done
  kill -s KILL -- "-$worker" 2>/dev/null || true
}

# Runs the program "$2…" with its output in the log, showing on a terminal that time passes. $1 says what it is.
run_logged() {
  what=$1
  shift
  mkdir -p target
  printf '\n== %s\n' "$what" >>"$build_log"
  started=$(date +%s)
  # A session of its own, whose processes can be ended together.
  if command -v setsid >/dev/null 2>&1; then
    set -- setsid "$@"
  fi
  "$@" >>"$build_log" 2>&1 &
  worker=$!
  trap 'stop_worker; exit 130' INT TERM HUP
  if [ -t 1 ]; then
    while kill -0 "$worker" 2>/dev/null; do
      printf '\r\033[K%s … %d s  %.60s' "$what" "$(($(date +%s) - started))" \
        "$(grep -Eo 'Building [A-Za-z-]+ [A-Za-z -]+' "$build_log" | tail -n 1)"
      sleep 1
    done
    printf '\r\033[K'
  else
    say "$what …"
  fi
  code=0
  wait "$worker" || code=$?
  trap - INT TERM HUP
  if [ "$code" -ne 0 ]; then
    say "tapedeck: this failed: $what. The end of $root/$build_log:" >&2
    tail -n 25 "$build_log" >&2
    exit 1
  fi
  say "$what: $(($(date +%s) - started)) s"
}

# Is there anything newer than the stamp $1 in $2…? Directories count too: they tell of deletions.
changed_since() {
  stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

java_is_stale() {
  for jar in deploy/standalone/target/tapedeck-standalone.jar \
    ingest-service/target/quarkus-app/quarkus-run.jar \
    transcode-worker/target/quarkus-app/quarkus-run.jar \
    playback-service/target/quarkus-app/quarkus-run.jar; do
    [ -e "$jar" ] || return 0
  done
  # shellcheck disable=SC2046
  changed_since "$java_stamp" pom.xml .mvn \
    $(find ingest-service transcode-worker playback-service deploy \
      \( -name target -o -name node_modules -o -name test \) -prune -o \
      \( -path '*/src/main' -o -name pom.xml \) -print)
}

build_java() {
  java_is_stale || return 0
  mkdir -p target
  : >"$build_log"
  # Stamped with the time before the build, so that what changes meanwhile is built next time.
  touch "$java_stamp.new"
  first=
  [ -d "$HOME/.m2/repository/io/quarkus" ] || first=' (the first time, libraries are downloaded too)'
  run_logged "Building the services$first" ./mvnw -Dquick -DskipTests package
  mv "$java_stamp.new" "$java_stamp"
}

node_is_new_enough() {
  command -v npm >/dev/null 2>&1 &&
    [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20' 2>/dev/null)" = true ]
}

pages_are_stale() {
  [ -f web-ui/package.json ] || return 1
  # shellcheck disable=SC2046
  [ ! -f web-ui/dist/index.html ] || changed_since "$pages_stamp" $(pages_sources)
}

# To be called before the minutes that Maven takes.
check_node() {
  if pages_are_stale && ! node_is_new_enough; then
    say "tapedeck: needs Node 20 or newer with npm to build the pages: install it (https://nodejs.org)" >&2
    exit 1
  fi
}

build_pages() {
  pages_are_stale || return 0
  if changed_since web-ui/node_modules/.package-lock.json web-ui/package-lock.json; then
    run_logged 'Fetching what the pages need' sh -c '. deploy/standalone/scripts/build.sh && fetch_page_packages'
  fi
  touch "$pages_stamp.new"
  run_logged 'Building the pages' sh -c 'cd web-ui && npm run build'
  mv "$pages_stamp.new" "$pages_stamp"
}

# npm ci refuses a lock file that lacks another platform's optional packages, which npm itself leaves out when
# the registry does not have them; npm install takes it as it is.
fetch_page_packages() {
  (cd web-ui && { npm ci --no-audit --no-fund || npm install --no-save --no-audit --no-fund; })
}

# Everything of web-ui but what is made from it, and its tests.
pages_sources() {
  find web-ui -mindepth 1 -maxdepth 1 \
    ! -name node_modules ! -name dist ! -name e2e ! -name '*.tsbuildinfo' ! -name coverage -print
}
