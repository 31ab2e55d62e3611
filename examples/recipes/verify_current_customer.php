<?php

declare(strict_types=1);

/**
 * Verifies Current Customer tokens in PHP 8.2, with the standard library alone (Debian: php-cli).
 *
 * In a backend:
 *
 *     require 'verify_current_customer.php';
 *     $customer = verifyCurrentCustomer($token, $clientId, $clientSecret, ['abc123']);
 *
 * From a shell, with one JSON string (a token) in each line of standard input:
 *
 *     CLIENT_ID=... CLIENT_SECRET=... STORE_HASHES=abc123 php verify_current_customer.php
 */

/** Live tokens are HS512; the documentation's sample is HS256. */
const ALGORITHMS = ['HS512' => 'sha512', 'HS256' => 'sha256'];
const MAXIMUM_LENGTH = 4096;
/** Seconds. */
const MAXIMUM_LIFETIME = 900;
/** Seconds. */
const CLOCK_TOLERANCE = 60;
/** What every JSON parser reads exactly. */
const MAXIMUM_INTEGER = 2 ** 53 - 1;

/** The token must not be trusted. Its message is a code, never a part of the token. */
final class TokenRefused extends RuntimeException
{
}

/**
 * Returns the customer, or throws TokenRefused.
 *
 * @param list<string> $storeHashes
 * @return array{customerId: int, email: string, groupId: int, storeHash: string, clientId: string, issuedAt: int, expiresAt: int}
 */
function verifyCurrentCustomer(
    #[SensitiveParameter] string $token,
    string $clientId,
    #[SensitiveParameter] string $clientSecret,
    array $storeHashes,
    ?int $now = null,
): array {
    if (strlen($clientSecret) < 16) {
        throw new InvalidArgumentException('The client secret is missing or too short.');
    }

    // Form
    demand($token !== '', 'token_missing');
    demand(strlen($token) <= MAXIMUM_LENGTH, 'token_too_large');
    $parts = explode('.', $token);
    demand(count($parts) === 3, 'token_malformed');
    [$header, $payload, $signature] = array_map('decodeCanonical', $parts);

    // Header
    $header = parseObject($header, 'header_invalid');
    $algorithm = $header->alg ?? null;
    demand(is_string($algorithm), 'header_invalid');
    demand(!property_exists($header, 'crit'), 'header_critical');
    demand(array_key_exists($algorithm, ALGORITHMS), 'algorithm_not_allowed');

    // Signature, before any claim
    $expected = hash_hmac(ALGORITHMS[$algorithm], "$parts[0].$parts[1]", $clientSecret, true);
    demand(hash_equals($expected, $signature), 'signature_invalid');

    return checkClaims(parseObject($payload, 'payload_invalid'), $clientId, $storeHashes, $now ?? time());
}

/**
 * @param list<string> $storeHashes
 * @return array{customerId: int, email: string, groupId: int, storeHash: string, clientId: string, issuedAt: int, expiresAt: int}
 */
function checkClaims(stdClass $claims, string $clientId, array $storeHashes, int $now): array
{
    demand(($claims->iss ?? null) === 'bc/apps', 'issuer_mismatch');
    // A string: a list would let one token serve several apps.
    demand(($claims->aud ?? null) === $clientId, 'audience_mismatch');
    // The same secret signs tokens for other purposes.
    demand(($claims->operation ?? null) === 'current_customer', 'operation_mismatch');
    $storeHash = $claims->store_hash ?? null;
    demand(is_string($storeHash) && in_array($storeHash, $storeHashes, true), 'store_not_allowed');
    demand(($claims->sub ?? null) === $storeHash, 'subject_mismatch');

    $issued = $claims->iat ?? null;
    $expires = $claims->exp ?? null;
    demand(isInteger($issued), 'issued_at_invalid');
    demand(isInteger($expires) && $expires > $issued, 'expiry_invalid');
    demand($issued <= $now + CLOCK_TOLERANCE, 'issued_in_future');
    if (property_exists($claims, 'nbf')) {
        demand(isInteger($claims->nbf) && $claims->nbf <= $now + CLOCK_TOLERANCE, 'not_yet_valid');
    }
    demand($expires - $issued <= MAXIMUM_LIFETIME + CLOCK_TOLERANCE, 'lifetime_too_long');

    $customer = $claims->customer ?? null;
    demand($customer instanceof stdClass, 'customer_invalid');
    $id = $customer->id ?? null;
    $email = $customer->email ?? null;
    // Customer 0 is every guest.
    demand(isInteger($id) && $id > 0 && is_string($email), 'customer_invalid');
    // A string in live tokens, "0" for none.
    $group = $customer->group_id ?? '0';
    demand(
        (isInteger($group) && $group >= 0) || (is_string($group) && preg_match('/^[0-9]{1,15}$/D', $group) === 1),
        'customer_invalid',
    );

    demand($expires > $now - CLOCK_TOLERANCE, 'token_expired');
    return [
        'customerId' => $id,
        'email' => $email,
        'groupId' => (int) $group,
        'storeHash' => $storeHash,
        'clientId' => $clientId,
        'issuedAt' => $issued,
        'expiresAt' => $expires,
    ];
}

function demand(bool $condition, string $code): void
{
    if (!$condition) {
        throw new TokenRefused($code);
    }
}

/** Decoders forgive; a token must not be writable in several ways. */
function decodeCanonical(string $part): string
{
    demand(preg_match('/^[A-Za-z0-9_-]+$/D', $part) === 1, 'token_malformed');
    $bytes = base64_decode(strtr($part, '-_', '+/'), true);
    demand($bytes !== false, 'token_malformed');
    demand(rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=') === $part, 'token_malformed');
    return $bytes;
}

function parseObject(string $text, string $code): stdClass
{
    try {
        $value = json_decode($text, false, 32, JSON_THROW_ON_ERROR);
    } catch (JsonException) {
        throw new TokenRefused($code);
    }
    demand($value instanceof stdClass, $code);
    return $value;
}

function isInteger(mixed $value): bool
{
    return is_int($value) && abs($value) <= MAXIMUM_INTEGER;
}

if (PHP_SAPI === 'cli' && realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    while (($line = fgets(STDIN)) !== false) {
        try {
            $result = verifyCurrentCustomer(
                json_decode($line, false, 8, JSON_THROW_ON_ERROR),
                getenv('CLIENT_ID') ?: '',
                getenv('CLIENT_SECRET') ?: '',
                explode(',', getenv('STORE_HASHES') ?: ''),
            );
        } catch (TokenRefused $refused) {
            $result = ['code' => $refused->getMessage()];
        }
        echo json_encode($result, JSON_THROW_ON_ERROR), "\n";
    }
}
