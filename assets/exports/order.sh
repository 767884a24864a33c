#!/bin/sh
@@remarks@@set -eu
endpoint=@@endpoint@@
project_id=@@project@@
token=${CPH_WIZARD_TOKEN:?}
body=@@body@@

say() { printf '%s\n' "$1" >&2; }
unknown() {
  say @@unknown@@
  exit 6
}

LC_ALL=C
case $token in
  *[!!-~]*)
    say CPH_WIZARD_TOKEN' '@@not_printable@@
    exit 2
    ;;
esac

trap unknown HUP INT TERM
code=0
answer=$(
  printf 'X-Auth-Token: %s\n' "$token" |
    curl --disable --globoff --silent --show-error --fail-with-body --max-time 120 \
      --write-out '\n%{http_code}' --request POST \
      --header @- \
      --header 'Content-Type: application/json' \
      --data-binary "$body" \
      --url "$endpoint/v1/$project_id/cloud-phone/phones"
) || code=$?
trap - HUP INT TERM

line='
'
status=${answer##*"$line"}
answer=${answer%"$line"*}
[ -z "$answer" ] || printf '%s\n' "$answer" | tr -d '\000-\010\013-\037\177' || say "$answer"

case $code in
  0 | 22) ;;
  # curl did not start, or had no connection.
  1 | 2 | 3 | 5 | 6 | 7 | 35 | 60 | 77 | 126 | 127)
    say @@not_sent@@
    exit 5
    ;;
  *) unknown ;;
esac

flat=$(printf '%s' "$answer" | tr '\r\n\t' '   ')
has() { printf '%s' "$flat" | grep -Eq "$1"; }
object='^ *\{.*\} *$'
order='"order_id" *: *"[^" ]+"'
any_order='"order_id" *: *("[^"]|[^"n ])'
error='"error_code" *: *"[^" ]+"'
any_error='"error_code" *: *("[^"]|[^"n ])'
message='"error_msg" *: *"[^"]+"'
doubtful='"error_code" *: *"CPS[.]?(@@doubtful@@)"'
case $status in
  2??)
    if has "$object" && has "$order" && ! has "$any_error"; then exit 0; fi
    ;;
  @@rejecting@@)
    if has "$object" && has "$error" && has "$message" && ! has "$any_order" && ! has "$doubtful"; then
      say @@rejected@@
      exit 4
    fi
    ;;
esac
unknown
