package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Keeps calls from {@link MetadataServices}. The host of each call is checked as it is written, and the address of each
 * connection when it is made, so it does not matter what a name resolved to before. Behind a proxy, which resolves names
 * itself, only the first check sees the host.
 */
final class AddressGuard extends SocketFactory implements Interceptor {

    /** A call to a metadata service was refused; nothing was sent. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String host) {
            super(Messages.AddressGuard_metadata(host));
        }
    }

    static OkHttpClient.Builder protect(OkHttpClient.Builder client) {
        AddressGuard guard = new AddressGuard();
        return client.addInterceptor(guard).socketFactory(guard);
    }

    static OkHttpClient.Builder leaveOut(OkHttpClient.Builder client) {
        client.interceptors().removeIf(AddressGuard.class::isInstance);
        return client.socketFactory(SocketFactory.getDefault());
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        if (MetadataServices.isAt(chain.request().url())) {
            throw new RefusedException(chain.request().url().host());
        }
        return chain.proceed(chain.request());
    }

    /** A socket that connects to no metadata service. */
    private static final class GuardedSocket extends Socket {
        /** The other variant calls this one. */
        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
            if (address instanceof InetSocketAddress target
                    && target.getAddress() != null
                    && MetadataServices.isAt(target.getAddress())) {
                throw new RefusedException(target.getAddress().getHostAddress());
            }
            super.connect(address, timeout);
        }
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(SocketAddress target, @CheckForNull SocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(local);
            socket.connect(target);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
