#!/usr/bin/env python3
@@remarks@@
import datetime
import hashlib
import hmac
import http.client
import json
import os
import re
import socket
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

BODY = (
    @@body@@
).encode()


def needed(name):
    value = optional(name)
    if not value:
        leave(2, name + ' ' + @@not_set@@)
    return value


def optional(name):
    value = os.environ.get(name, '')
    if not re.fullmatch('[!-~]*', value):
        leave(2, name + ' ' + @@not_printable@@)
    return value


def leave(code, *lines):
    print(*lines, sep='\n', file=sys.stderr)
    sys.exit(code)


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
    token = optional('CPH_WIZARD_TOKEN')
    if token:
        return {'Content-Type': 'application/json', 'X-Auth-Token': token}
    access_key, secret_key = needed('HUAWEICLOUD_SDK_AK'), needed('HUAWEICLOUD_SDK_SK')
    return signed(url, access_key, secret_key, optional('HUAWEICLOUD_SDK_SECURITY_TOKEN'))


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **more):
        return None


# Errors that only a failed connection has: not a byte of the order was sent.
NOT_CONNECTED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


def send(request):
    try:
        try:
            response = urllib.request.build_opener(NoRedirect).open(request, timeout=120)
        except urllib.error.HTTPError as other:
            response = other
        with response:
            return response.code, response.read()
    except urllib.error.URLError as trouble:
        if isinstance(trouble.reason, NOT_CONNECTED):
            leave(5, str(trouble.reason), @@not_sent@@)
        leave(6, str(trouble.reason), @@unknown@@)
    except (OSError, http.client.HTTPException, KeyboardInterrupt) as trouble:
        leave(6, str(trouble) or type(trouble).__name__, @@unknown@@)


def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


# The answer as one JSON object; empty if it is anything else.
def read(data):
    try:
        answer = json.loads(data.decode(), object_pairs_hook=unique)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


DOUBTFUL = (@@doubtful@@)
REJECTING = (@@rejecting@@)


def outcome(status, answer):
    order_id, code, message = (answer.get(name) for name in ('order_id', 'error_code', 'error_msg'))
    if 200 <= status <= 299:
        is_order = isinstance(order_id, str) and re.fullmatch('[!-~]{1,64}', order_id)
        return 0 if is_order and not code else 6
    is_error = all(isinstance(text, str) and text for text in (code, message))
    if status not in REJECTING or not is_error or order_id:
        return 6
    return 6 if code.upper().replace('.', '') in DOUBTFUL else 4


url = ENDPOINT + '/v1/' + PROJECT_ID + '/cloud-phone/phones'
status, data = send(urllib.request.Request(url, BODY, proof(url), method='POST'))
answer = read(data)
shown = json.dumps(answer) if answer else ascii(data.decode(errors='replace'))
try:
    print(shown, flush=True)
except OSError:
    print(shown, file=sys.stderr)
code = outcome(status, answer)
if code == 4:
    leave(code, 'HTTP %d' % status, @@rejected@@)
if code == 6:
    leave(code, 'HTTP %d' % status, @@unknown@@)
