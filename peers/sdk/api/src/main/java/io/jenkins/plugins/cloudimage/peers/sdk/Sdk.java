package io.jenkins.plugins.cloudimage.peers.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An official SDK, as the oracles use it. The one type that an SDK's class loader shares with the tests, so it speaks of
 * nothing but the JDK's types.
 */
public interface Sdk {

    /**
     * Connects.
     *
     * @param address host and port, to be spoken to by plain HTTP
     * @param token the session token of temporary keys, or null
     */
    Client connect(String address, String id, String secret, String token) throws Exception;

    /**
     * Assumes a role at the cloud's security token service.
     *
     * @param address host and port of the service, to be spoken to by plain HTTP
     * @param parameters the parameters of AssumeRole
     * @return id, secret and session token of the temporary key
     */
    default List<String> assumeRole(String address, String id, String secret, Map<String, String> parameters)
            throws Exception {
        throw new UnsupportedOperationException("This SDK is no judge of roles");
    }

    /**
     * Assumes a role at the cloud's security token service by the token of an OpenID Connect provider, without a key.
     *
     * @param address host and port of the service, to be spoken to by plain HTTP
     * @param provider the provider's name at the cloud
     * @param token a file with the token
     * @return id, secret and session token of the temporary key
     */
    default List<String> assumeRole(String address, String role, String provider, Path token) throws Exception {
        throw new UnsupportedOperationException("This SDK is no judge of tokens");
    }

    /**
     * Asks the cloud's security token service who signs with a key.
     *
     * @param address host and port of the service, to be spoken to by plain HTTP
     * @param token the session token of temporary keys, or null
     * @return the fields of the answer
     */
    default Map<String, String> identity(String address, String id, String secret, String token) throws Exception {
        throw new UnsupportedOperationException("This SDK is no judge of identities");
    }

    /**
     * Reads a key of the role of the instance on which the SDK runs, from the metadata service at its real address.
     *
     * @param role the role's name, or null for the one that the instance has
     * @return id, secret and session token of the temporary key
     */
    default List<String> instanceRole(String role) throws Exception {
        throw new UnsupportedOperationException("This SDK is no judge of instance roles");
    }

    /**
     * Lists the launch templates and scaling configurations of an account.
     *
     * @param address host and port of the cloud, to be spoken to by plain HTTP
     * @param scaling host and port of the service for scaling groups, or null if the cloud has none of its own
     * @return {@code id version image} of each version of each template, and {@code id image} of each configuration
     */
    default List<String> templates(String address, String scaling, String id, String secret) throws Exception {
        throw new UnsupportedOperationException("This SDK is no judge of templates");
    }

    /** An SDK's client for one key. It throws what its SDK throws. */
    interface Client {

        /**
         * Makes an image.
         *
         * @return the image's id, or null where the answer has none
         */
        String create(String instanceId, String imageName, String description) throws Exception;

        /**
         * Asks for an image.
         *
         * @return the cloud's word for the image's state
         */
        String state(String imageId) throws Exception;

        /**
         * Sends any request that carries these texts, and does not care for the answer.
         *
         * @param parameters the request's parameters, as far as the SDK lets them be chosen
         */
        void send(Map<String, String> parameters) throws Exception;

        /**
         * Makes the body of a request for an image and signs it as {@link #create} does, by the SDK's own code, and sends
         * nothing.
         *
         * @return what was signed, for a benchmark to swallow
         */
        default Object sign(String instanceId, String imageName, String description) throws Exception {
            throw new UnsupportedOperationException("This SDK is no rival in signing");
        }
    }
}
