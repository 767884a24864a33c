#!/bin/sh
@@remarks@@set -eu
endpoint=@@endpoint@@
project_id=@@project@@
token=${CPH_WIZARD_TOKEN:?}
body=@@body@@
printf 'header = "X-Auth-Token: %s"\n' "$token" |
  curl --disable --config - --silent --show-error --max-time 120 --request POST \
    --header 'Content-Type: application/json' \
    --data-binary "$body" \
    "$endpoint/v1/$project_id/cloud-phone/phones"
