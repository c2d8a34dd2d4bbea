#!/bin/sh
# What the container runs: the first start indexes the releases that come with the project.
set -eu
test -e "$PRESSOK_DATA/CURRENT" || pressok rebuild /app/samples
exec pressok serve
