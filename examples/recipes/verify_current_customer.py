"""Verifies Current Customer tokens in Python, with PyJWT 2 (Debian: python3-jwt).

In a backend:

    from verify_current_customer import TokenRefused, verify_current_customer
    customer = verify_current_customer(token, CLIENT_ID, CLIENT_SECRET, {"abc123"})

From a shell, with one JSON string (a token) in each line of standard input:

    CLIENT_ID=... CLIENT_SECRET=... STORE_HASHES=abc123 python3 verify_current_customer.py
"""

import base64
import json
import os
import re
import sys
import time

import jwt

ALGORITHMS = ["HS512", "HS256"]  # Live tokens are HS512; the documentation's sample is HS256.
MAXIMUM_LENGTH = 4096
MAXIMUM_LIFETIME = 900  # seconds
CLOCK_TOLERANCE = 60  # seconds
MAXIMUM_INTEGER = 2**53 - 1  # what every JSON parser reads exactly


class TokenRefused(Exception):
    """The token must not be trusted. Its text is a code, never a part of the token."""


def verify_current_customer(token, client_id, client_secret, store_hashes, now=None):
    """Returns the customer, or raises TokenRefused."""
    if len(client_secret) < 16:
        raise ValueError("The client secret is missing or too short.")
    now = int(time.time()) if now is None else now

    # Form
    if not isinstance(token, str) or token == "":
        raise TokenRefused("token_missing")
    if len(token) > MAXIMUM_LENGTH:
        raise TokenRefused("token_too_large")
    parts = token.split(".")
    if len(parts) != 3 or not all(is_canonical(part) for part in parts):
        raise TokenRefused("token_malformed")

    # Header
    header = parse_object(decode(parts[0]), "header_invalid")
    if not isinstance(header.get("alg"), str):
        raise TokenRefused("header_invalid")
    if "crit" in header:
        raise TokenRefused("header_critical")

    # Signature, before any claim
    try:
        payload = jwt.PyJWS().decode(token, client_secret, algorithms=ALGORITHMS)
    except jwt.InvalidAlgorithmError:
        raise TokenRefused("algorithm_not_allowed") from None
    except jwt.InvalidTokenError:
        raise TokenRefused("signature_invalid") from None

    return check_claims(parse_object(payload, "payload_invalid"), client_id, store_hashes, now)


def check_claims(claims, client_id, store_hashes, now):
    def require(condition, code):
        if not condition:
            raise TokenRefused(code)

    require(claims.get("iss") == "bc/apps", "issuer_mismatch")
    # A string: a list would let one token serve several apps.
    require(claims.get("aud") == client_id, "audience_mismatch")
    # The same secret signs tokens for other purposes.
    require(claims.get("operation") == "current_customer", "operation_mismatch")
    store_hash = claims.get("store_hash")
    require(isinstance(store_hash, str) and store_hash in store_hashes, "store_not_allowed")
    require(claims.get("sub") == store_hash, "subject_mismatch")

    issued, expires = claims.get("iat"), claims.get("exp")
    require(is_integer(issued), "issued_at_invalid")
    require(is_integer(expires) and expires > issued, "expiry_invalid")
    require(issued <= now + CLOCK_TOLERANCE, "issued_in_future")
    if "nbf" in claims:
        require(is_integer(claims["nbf"]) and claims["nbf"] <= now + CLOCK_TOLERANCE, "not_yet_valid")
    require(expires - issued <= MAXIMUM_LIFETIME + CLOCK_TOLERANCE, "lifetime_too_long")

    customer = claims.get("customer")
    require(isinstance(customer, dict), "customer_invalid")
    # Customer 0 is every guest.
    require(is_integer(customer.get("id")) and customer["id"] > 0, "customer_invalid")
    require(isinstance(customer.get("email"), str), "customer_invalid")
    group = customer.get("group_id")
    group = "0" if group is None else group  # A string in live tokens, "0" for none.
    if is_integer(group) and group >= 0:
        group = str(group)
    require(isinstance(group, str) and re.fullmatch(r"[0-9]{1,15}", group), "customer_invalid")

    require(expires > now - CLOCK_TOLERANCE, "token_expired")
    return {
        "customerId": customer["id"],
        "email": customer["email"],
        "groupId": int(group),
        "storeHash": store_hash,
        "clientId": client_id,
        "issuedAt": issued,
        "expiresAt": expires,
    }


def is_canonical(part):
    """Decoders forgive; a token must not be writable in several ways."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", part) or len(part) % 4 == 1:
        return False
    return base64.urlsafe_b64encode(decode(part)).decode().rstrip("=") == part


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def parse_object(text, code):
    try:
        value = json.loads(text.decode("utf-8"))
    except ValueError:
        raise TokenRefused(code) from None
    if not isinstance(value, dict):
        raise TokenRefused(code)
    return value


def is_integer(value):
    # True is an int in Python.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAXIMUM_INTEGER


if __name__ == "__main__":
    for line in sys.stdin:
        try:
            result = verify_current_customer(
                json.loads(line),
                os.environ["CLIENT_ID"],
                os.environ["CLIENT_SECRET"],
                set(os.environ["STORE_HASHES"].split(",")),
            )
        except TokenRefused as refused:
            result = {"code": str(refused)}
        print(json.dumps(result))
