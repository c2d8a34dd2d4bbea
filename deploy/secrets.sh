#!/bin/sh
# Makes what deploy/compose.yaml needs and nobody else may have: ./secrets.sh [FOLDER]   (default: secrets, beside this)
#
# An authority of our own and certificates by it: one for each node, one for whoever administers, one for the proxy to
# begin with. Random passwords of the two users, and the file that tells the nodes their hashes. What is there already
# stays, so that it may be run again: remove a file to have it made anew. A certificate that has fewer than 60 days left
# is made anew too. Needs openssl 3 and python3 (for the hash, which openssl would want on its command line).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/secrets}
nodes="node1 node2 node3"
days=730       # of a certificate
authority=3650 # days of the authority
soon=5184000   # seconds: 60 days

# Who has no way into the folder reads nothing in it. The files themselves are readable: in the containers they are
# read by users that this machine does not know, and a container sees only those that it is given.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

new_key() { # NAME
    openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key.new"
    chmod 644 "$1.key.new"
}

certificate() { # NAME SUBJECT USAGE NAMES: one that the authority signs
    if test -e "$1.pem" && openssl x509 -checkend $soon -noout -in "$1.pem" >/dev/null; then return; fi
    new_key "$1"
    {
        printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\n' "$3"
        if test -n "$4"; then printf 'subjectAltName=%s\n' "$4"; fi
    } >extensions
    openssl req -new -key "$1.key.new" -subj "$2" -out request
    openssl x509 -req -in request -CA ca.pem -CAkey ca.key -days $days -sha256 -extfile extensions -out "$1.pem.new" \
        2>/dev/null
    mv "$1.key.new" "$1.key"
    mv "$1.pem.new" "$1.pem"
    rm request extensions
    echo "made: $folder/$1.pem"
}

password() { # NAME
    if test -s "$1.password"; then return; fi
    openssl rand -hex 32 >"$1.password"
    rm -f internal_users.yml
    echo "made: $folder/$1.password"
}

# PBKDF2 as the security plugin writes it: $3$ (SHA-256), iterations << 32 | bits, salt, key. Nobody guesses 256 random
# bits, however few the iterations; many would only make the first answer of a node slow.
hash_of() { # NAME
    python3 -c '
import base64, hashlib, os, sys
count, bits, salt = 100_000, 256, os.urandom(32)
key = hashlib.pbkdf2_hmac("sha256", sys.stdin.read().strip().encode(), salt, count, bits // 8)
print("$3", count << 32 | bits, *(base64.b64encode(part).decode() for part in (salt, key)), sep="$")
' <"$1.password"
}

user() { # NAME DESCRIPTION
    hash=$(hash_of "$1")
    printf '%s:\n  hash: "%s"\n  reserved: true\n  description: "%s"\n' "$1" "$hash" "$2"
}

if ! test -e ca.pem; then
    new_key ca
    chmod 600 ca.key.new # no container reads it
    openssl req -x509 -new -key ca.key.new -days $authority -sha256 -subj "/O=Pressok/CN=authority" -out ca.pem.new \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign
    mv ca.key.new ca.key
    mv ca.pem.new ca.pem
    echo "made: $folder/ca.pem"
fi
for node in $nodes; do
    certificate "$node" "/O=Pressok/CN=$node" serverAuth,clientAuth "DNS:$node,DNS:localhost,IP:127.0.0.1"
done
certificate admin /O=Pressok/CN=admin clientAuth ""
# Of the proxy, which browsers will not trust: put the one of your own host in its place.
if ! test -e proxy.pem; then certificate proxy /O=Pressok/CN=proxy serverAuth DNS:localhost,IP:127.0.0.1; fi

password pressok-web
password pressok-update
if ! test -e internal_users.yml; then
    {
        printf '_meta:\n  type: internalusers\n  config_version: 2\n'
        user pressok-web "Answers: reads"
        user pressok-update "Indexes: reads and writes"
    } >internal_users.yml.new
    mv internal_users.yml.new internal_users.yml
    echo "made: $folder/internal_users.yml"
fi
