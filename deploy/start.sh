#!/bin/sh
# What the container runs: the first start indexes the releases that come with the project.
set -eu
here=$(dirname "$0")
test -e "$PRESSOK_DATA/CURRENT" || pressok rebuild "$here/samples"
exec pressok serve
