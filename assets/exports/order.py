#!/usr/bin/env python3
@@remarks@@
import datetime
import hashlib
import hmac
import http.client
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BODY = (
    @@body@@
).encode()


def needed(name):
    value = os.environ.get(name, '')
    if not value:
        sys.exit('%s %s' % (name, @@not_set@@))
    return value


ENDPOINT = @@endpoint@@
PROJECT_ID = @@project@@


def signed(url, access_key, secret_key, security_token):
    parts = urllib.parse.urlsplit(url)
    headers = {
        'Content-Type': 'application/json',
        'Host': parts.netloc,
        'X-Project-Id': PROJECT_ID,
        'X-Sdk-Date': datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ'),
    }
    if security_token:
        headers['X-Security-Token'] = security_token
    lines = sorted('%s:%s\n' % (name.lower(), value) for name, value in headers.items())
    names = ';'.join(line.split(':')[0] for line in lines)
    path = urllib.parse.quote(urllib.parse.unquote(parts.path), safe='/-_.~') + '/'
    digest = hashlib.sha256(BODY).hexdigest()
    canonical = '\n'.join(['POST', path, '', ''.join(lines), names, digest])
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = '\n'.join(['SDK-HMAC-SHA256', headers['X-Sdk-Date'], hashed])
    signature = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers['Authorization'] = 'SDK-HMAC-SHA256 Access=%s, SignedHeaders=%s, Signature=%s' % (
        access_key,
        names,
        signature,
    )
    return headers


def proof(url):
    token = os.environ.get('CPH_WIZARD_TOKEN')
    if token:
        return {'Content-Type': 'application/json', 'X-Auth-Token': token}
    access_key, secret_key = needed('HUAWEICLOUD_SDK_AK'), needed('HUAWEICLOUD_SDK_SK')
    return signed(url, access_key, secret_key, os.environ.get('HUAWEICLOUD_SDK_SECURITY_TOKEN'))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **more):
        return None


url = ENDPOINT + '/v1/' + PROJECT_ID + '/cloud-phone/phones'
request = urllib.request.Request(url, BODY, proof(url), method='POST')
try:
    with urllib.request.build_opener(NoRedirect).open(request, timeout=120) as answer:
        print(answer.read().decode())
except urllib.error.HTTPError as refusal:
    sys.exit('HTTP %d %s' % (refusal.code, refusal.read().decode(errors='replace')))
except (OSError, http.client.HTTPException) as trouble:
    sys.exit('%s\n%s' % (trouble, @@silence@@))
