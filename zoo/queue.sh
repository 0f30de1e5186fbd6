#!/bin/sh
# Trains the networks named as arguments one after another, each going on from where it stopped.
# A network that is in the manifest already is passed over.
#
#     setsid nohup nice -n 19 sh zoo/queue.sh resnet18-w16-s2 resnet18-w8-s0 > zoo/runs/queue.log 2>&1 &
cd "$(dirname "$0")/.." || exit 1
for id in "$@"; do
  if grep -q "\"id\": \"$id\"" public/zoo/manifest.json; then continue; fi
  "${PYTHON:-python3}" -m zoo.train "$id" || echo "$id: not finished"
done
