#!/bin/sh
# What the container runs: the first start indexes the releases that come with the project, unless a cluster answers.
set -eu
here=$(dirname "$0")
test "${PRESSOK_ENGINE:-local}" = opensearch || test -e "$PRESSOK_DATA/CURRENT" || pressok rebuild "$here/samples"
exec pressok serve
