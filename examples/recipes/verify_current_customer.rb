# frozen_string_literal: true

# Verifies Current Customer tokens in Ruby, with ruby-jwt 2 (Debian: ruby-jwt).
#
# In a backend:
#
#   require_relative 'verify_current_customer'
#   customer = verify_current_customer(token, CLIENT_ID, CLIENT_SECRET, ['abc123'])
#
# From a shell, with one JSON string (a token) in each line of standard input:
#
#   CLIENT_ID=... CLIENT_SECRET=... STORE_HASHES=abc123 ruby verify_current_customer.rb

require 'base64'
require 'json'
require 'jwt'

# The token must not be trusted. Its message is a code, never a part of the token.
class TokenRefused < StandardError; end

ALGORITHMS = %w[HS512 HS256].freeze # Live tokens are HS512; the documentation's sample is HS256.
MAXIMUM_LENGTH = 4096
MAXIMUM_LIFETIME = 900 # seconds
CLOCK_TOLERANCE = 60 # seconds
MAXIMUM_INTEGER = (2**53) - 1 # what every JSON parser reads exactly

# Returns the customer, or raises TokenRefused.
def verify_current_customer(token, client_id, client_secret, store_hashes, now: Time.now.to_i)
  raise ArgumentError, 'The client secret is missing or too short.' if client_secret.to_s.length < 16

  # Form
  raise TokenRefused, 'token_missing' unless token.is_a?(String) && !token.empty?
  raise TokenRefused, 'token_too_large' if token.length > MAXIMUM_LENGTH

  parts = token.split('.', -1)
  raise TokenRefused, 'token_malformed' unless parts.length == 3 && parts.all? { |part| canonical?(part) }

  # Header
  header = parse_object(decode(parts[0]), 'header_invalid')
  raise TokenRefused, 'header_invalid' unless header['alg'].is_a?(String)
  raise TokenRefused, 'header_critical' if header.key?('crit')
  # ruby-jwt compares the algorithm without regard to case; the standard does not.
  raise TokenRefused, 'algorithm_not_allowed' unless ALGORITHMS.include?(header['alg'])

  # Signature, before any claim. Times are checked below.
  begin
    JWT.decode(token, client_secret, true, algorithms: ALGORITHMS, verify_expiration: false, verify_not_before: false)
  rescue JWT::IncorrectAlgorithm
    raise TokenRefused, 'algorithm_not_allowed'
  rescue JWT::VerificationError
    raise TokenRefused, 'signature_invalid'
  rescue JWT::DecodeError
    raise TokenRefused, 'payload_invalid'
  end

  check_claims(parse_object(decode(parts[1]), 'payload_invalid'), client_id, store_hashes, now)
end

def check_claims(claims, client_id, store_hashes, now)
  require_that(claims['iss'] == 'bc/apps', 'issuer_mismatch')
  # A string: a list would let one token serve several apps.
  require_that(claims['aud'] == client_id, 'audience_mismatch')
  # The same secret signs tokens for other purposes.
  require_that(claims['operation'] == 'current_customer', 'operation_mismatch')
  store_hash = claims['store_hash']
  require_that(store_hash.is_a?(String) && store_hashes.include?(store_hash), 'store_not_allowed')
  require_that(claims['sub'] == store_hash, 'subject_mismatch')

  issued, expires = claims.values_at('iat', 'exp')
  require_that(integer?(issued), 'issued_at_invalid')
  require_that(integer?(expires) && expires > issued, 'expiry_invalid')
  require_that(issued <= now + CLOCK_TOLERANCE, 'issued_in_future')
  if claims.key?('nbf')
    require_that(integer?(claims['nbf']) && claims['nbf'] <= now + CLOCK_TOLERANCE, 'not_yet_valid')
  end
  require_that(expires - issued <= MAXIMUM_LIFETIME + CLOCK_TOLERANCE, 'lifetime_too_long')

  customer = claims['customer']
  require_that(customer.is_a?(Hash), 'customer_invalid')
  # Customer 0 is every guest.
  require_that(integer?(customer['id']) && customer['id'].positive?, 'customer_invalid')
  require_that(customer['email'].is_a?(String), 'customer_invalid')
  group = customer['group_id']
  group = '0' if group.nil? # A string in live tokens, "0" for none.
  group = group.to_s if integer?(group) && !group.negative?
  require_that(group.is_a?(String) && group.match?(/\A[0-9]{1,15}\z/), 'customer_invalid')

  require_that(expires > now - CLOCK_TOLERANCE, 'token_expired')
  {
    customerId: customer['id'],
    email: customer['email'],
    groupId: group.to_i,
    storeHash: store_hash,
    clientId: client_id,
    issuedAt: issued,
    expiresAt: expires
  }
end

def require_that(condition, code)
  raise TokenRefused, code unless condition
end

# Decoders forgive; a token must not be writable in several ways.
def canonical?(part)
  return false unless part.match?(/\A[A-Za-z0-9_-]+\z/) && part.length % 4 != 1

  Base64.urlsafe_encode64(decode(part), padding: false) == part
end

def decode(part)
  part.tr('-_', '+/').unpack1('m')
end

def parse_object(text, code)
  text = text.dup.force_encoding(Encoding::UTF_8)
  raise TokenRefused, code unless text.valid_encoding?

  value = JSON.parse(text)
  raise TokenRefused, code unless value.is_a?(Hash)

  value
rescue JSON::ParserError
  raise TokenRefused, code
end

def integer?(value)
  value.is_a?(Integer) && value.abs <= MAXIMUM_INTEGER
end

if $PROGRAM_NAME == __FILE__
  $stdin.each_line do |line|
    result =
      begin
        verify_current_customer(
          JSON.parse(line),
          ENV.fetch('CLIENT_ID'),
          ENV.fetch('CLIENT_SECRET'),
          ENV.fetch('STORE_HASHES').split(',')
        )
      rescue TokenRefused => e
        { code: e.message }
      end
    puts JSON.generate(result)
  end
end
