# Sourced by ./verify: installs what the tests need where it can, and remembers what it cannot.

missing=
node_is_there=
apt_was_updated=

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# Installs Debian packages, saying so; their output goes to the log.
install() {
  may_install || return 1
  echo "Installing $* with apt-get …"
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 && return 0
  [ -z "$apt_was_updated" ] || return 1
  apt_was_updated=1
  apt-get update >>"$log" 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1
}

remember_missing() {
  missing="$missing
  $1: needed for $2"
  echo "Cannot install $1, needed for $2."
}

# need_program PROGRAM PACKAGE WHAT_FOR
need_program() {
  command -v "$1" >/dev/null 2>&1 || install "$2" || remember_missing "$1" "$3"
}

need_chromium() {
  for program in chromium chromium-browser google-chrome; do
    if command -v "$program" >/dev/null 2>&1; then return 0; fi
  done
  if [ -d '/Applications/Google Chrome.app' ]; then return 0; fi
  install chromium || remember_missing Chromium 'the end-to-end tests'
}

# What plays the playlists in tests: "program package…" a line. All in one go, which takes a third of the
# time; one by one when that fails, so that one that cannot be had does not keep the others away.
players='mpv mpv
mplayer mplayer
cvlc vlc-bin vlc-plugin-base
gst-play-1.0 gstreamer1.0-plugins-base-apps gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav
firefox-esr firefox-esr'

missing_players() {
  printf '%s\n' "$players" | while read -r program packages; do
    command -v "$program" >/dev/null 2>&1 || echo "$program $packages"
  done
}

need_players() {
  # shellcheck disable=SC2046
  [ -z "$(missing_players)" ] || install $(missing_players | cut -d ' ' -f 2-) || true
  for program in $(missing_players | cut -d ' ' -f 1); do
    # shellcheck disable=SC2046
    install $(printf '%s\n' "$players" | sed -n "s/^$program //p") ||
      remember_missing "$program" 'playing the playlists with it'
  done
}

need_node() {
  if node_is_new_enough || { install nodejs npm && node_is_new_enough; }; then
    node_is_there=1
  else
    remember_missing 'Node 20 with npm' 'the pages and the end-to-end tests'
  fi
}
