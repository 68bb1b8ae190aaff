package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Finds OpenID Connect tokens in credentials of the kinds <em>secret text</em> and <em>secret file</em>, in which
 * plugins provide them. Such a credential makes a new token each time it is read, so a token is read just before its use.
 */
final class OidcTokens {
    /** The kinds of credentials that can hold a token. */
    static final CredentialsMatcher KINDS = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(FileCredentials.class));

    /** Alibaba Cloud documents this maximum. */
    private static final int MAX = 20_000;
    /** Header, claims and signature in the encoding of RFC 7515. */
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{4,}\\.[\\w-]{4,}\\.[\\w-]{4,}");

    private OidcTokens() {}

    /**
     * Checks the id of a credential.
     *
     * @throws IllegalArgumentException if it is empty, or a build's parameter would decide which one it is
     */
    static String checkId(@CheckForNull String credentialsId) {
        if (credentialsId == null || credentialsId.isBlank()) {
            throw new IllegalArgumentException(Messages.OidcTokens_missing());
        }
        if (credentialsId.contains("${")) {
            throw new IllegalArgumentException(Messages.OidcTokens_parameter());
        }
        return credentialsId.strip();
    }

    /**
     * Finds the credential. Its token is read later.
     *
     * @throws IllegalArgumentException if the id breaks a rule
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if there is none of these kinds
     */
    static WebIdentity.Tokens find(LookupPlace place, String credentialsId) throws CloudException {
        StandardCredentials found = place.find(checkId(credentialsId), KINDS, List.of());
        if (found == null) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message(Messages.OidcTokens_notFound(credentialsId, place.name()))
                    .advice(Messages.OidcTokens_add())
                    .exception();
        }
        return () -> token(found);
    }

    private static String token(StandardCredentials credential) throws CloudException {
        try {
            String text = credential instanceof StringCredentials secret
                    ? secret.getSecret().getPlainText()
                    : content((FileCredentials) credential);
            String token = text.strip();
            if (token.length() > MAX || !TOKEN.matcher(token).matches()) {
                throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                        .message(Messages.OidcTokens_noToken(credential.getId()))
                        .advice(Messages.OidcTokens_provide())
                        .exception();
            }
            return token;
        } catch (IOException | CredentialsUnavailableException e) {
            throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                    .message(Messages.AccessKeys_unavailable(credential.getId(), e.getMessage()))
                    .advice(Messages.AccessKeys_lookAtSource())
                    .exception();
        }
    }

    private static String content(FileCredentials file) throws IOException {
        try (InputStream content = file.getContent()) {
            return new String(content.readNBytes(2 * MAX), StandardCharsets.US_ASCII);
        }
    }
}
