# Sourced by ./tapedeck, ./verify and the benchmarks: finds a JDK that the project can be built and run with.

least_java=25

# The major version of the JDK in $1, or nothing.
java_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
  fi
}

# The JDK that $1 (a java executable, perhaps behind links) belongs to.
java_home_of() {
  program=$1
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  (cd "$(dirname "$program")/.." 2>/dev/null && pwd)
}

# Prints candidates, the most meant first.
java_candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  if command -v java >/dev/null 2>&1; then java_home_of "$(command -v java)"; fi
  if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$least_java+" 2>/dev/null || true; fi
  for directory in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -d "$directory" ]; then echo "$directory"; fi
  done
}

# Sets and exports JAVA_HOME, or says in one line what is missing and returns 1.
find_jdk() {
  older=
  while IFS= read -r candidate; do
    major=$(java_major "$candidate") || continue
    if [ "${major:-0}" -ge "$least_java" ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
    older="$older $major"
  done <<CANDIDATES
$(java_candidates)
CANDIDATES
  echo "$1: needs a JDK $least_java or newer, found ${older:+only}${older:-none}:" \
    "install one (https://adoptium.net) or set JAVA_HOME" >&2
  return 1
}
