package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * An OpenID Connect provider, as a plugin of Jenkins is one: it signs JSON Web Tokens with RS256. The fake clouds know
 * its issuer, its public key and the audience that their accounts expect.
 */
public final class FakeIdentityProvider {
    /** Who issues the tokens. */
    public static final String ISSUER = "https://jenkins.example.org/oidc";

    /** For whom the accounts of the fake clouds expect them. */
    public static final String AUDIENCE = "cloud-image";

    /** The beginning of the subjects that the roles trust. */
    public static final String TRUSTED = "https://jenkins.example.org/job/images/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair KEYS = pair();

    private final Clock clock;
    private final KeyPair keys;
    private int number;

    /** What is wrong with a token. */
    enum Flaw {
        MALFORMED,
        EXPIRED,
        AUDIENCE,
        SIGNATURE,
        SUBJECT
    }

    public FakeIdentityProvider(Clock clock) {
        this(clock, KEYS);
    }

    private FakeIdentityProvider(Clock clock, KeyPair keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /** One that claims to be this one and has another key. */
    public FakeIdentityProvider impostor() {
        return new FakeIdentityProvider(clock, pair());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token for a trusted job that is valid for ten minutes. */
    public String token() {
        return token(TRUSTED + "web", AUDIENCE, Duration.ofMinutes(10));
    }

    /** A token; it differs from all others. */
    public synchronized String token(String subject, String audience, Duration validity) {
        number++;
        Instant now = clock.instant();
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("sub", subject)
                .put("aud", audience)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(validity).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"k1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many tokens it has issued. */
    public synchronized int issued() {
        return number;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The first flaw of a token that a cloud receives, or null. */
    static Flaw flaw(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Flaw.MALFORMED;
        }
        try {
            JsonNode header = json(parts[0]);
            JsonNode claims = claims(token);
            if (!header.path("alg").asText().equals("RS256")
                    || claims.path("iat").asLong() > now.getEpochSecond()
                    || !claims.path("iss").asText().equals(ISSUER)) {
                return Flaw.MALFORMED;
            }
            if (!isSigned(parts, KEYS.getPublic())) {
                return Flaw.SIGNATURE;
            }
            if (claims.path("exp").asLong() <= now.getEpochSecond()) {
                return Flaw.EXPIRED;
            }
            if (!claims.path("aud").asText().equals(AUDIENCE)) {
                return Flaw.AUDIENCE;
            }
            return claims.path("sub").asText().startsWith(TRUSTED) ? null : Flaw.SUBJECT;
        } catch (IllegalArgumentException e) {
            return Flaw.MALFORMED;
        }
    }

    /** What a token claims. */
    static JsonNode claims(String token) {
        return json(token.split("\\.")[1]);
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isSigned(String[] parts, PublicKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
