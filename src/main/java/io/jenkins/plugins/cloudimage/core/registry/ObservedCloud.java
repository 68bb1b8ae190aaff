package io.jenkins.plugins.cloudimage.core.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;

/** Tells of each call of a client. What can fail with the cloud's error is a call; the rest sends nothing. */
final class ObservedCloud implements InvocationHandler {
    private final Cloud cloud;
    private final String id;
    private final CallListener listener;

    private ObservedCloud(Cloud cloud, String id, CallListener listener) {
        this.cloud = cloud;
        this.id = id;
        this.listener = listener;
    }

    static Cloud of(Cloud cloud, String id, CallListener listener) {
        return (Cloud) Proxy.newProxyInstance(
                Cloud.class.getClassLoader(), new Class<?>[] {Cloud.class}, new ObservedCloud(cloud, id, listener));
    }

    @Override
    @CheckForNull
    public Object invoke(Object proxy, Method method, @CheckForNull Object[] arguments) throws Throwable {
        boolean isCall = List.of(method.getExceptionTypes()).contains(CloudException.class);
        long start = System.nanoTime();
        ErrorKind failure = null;
        try {
            return method.invoke(cloud, arguments);
        } catch (InvocationTargetException e) {
            failure = e.getCause() instanceof CloudException refused
                    ? refused.error().kind()
                    : ErrorKind.UNAVAILABLE;
            throw e.getCause();
        } finally {
            if (isCall) {
                listener.called(id, failure, Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }
}
