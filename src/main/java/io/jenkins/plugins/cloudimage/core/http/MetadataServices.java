package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The metadata services of clouds, which give the keys of an instance's own role to everything that runs on the instance. No
 * endpoint may lead there. Only these exact hosts are refused: a cloud's own private endpoints have private or link-local
 * addresses too, so other private addresses are the administrator's decision.
 *
 * <p>The list has the services that give keys: those of the clouds that this plugin supports, and of others where a
 * controller may run.
 */
public final class MetadataServices {
    /** Alibaba Cloud: {@code 100.100.100.200}; Tencent Cloud: {@code 169.254.0.23} behind its name. */
    private static final Set<InetAddress> ADDRESSES = Stream.of(
                    "100.100.100.200",
                    "169.254.0.23",
                    // JD Cloud, AWS, Azure, Google Cloud, Huawei Cloud, Oracle Cloud and others.
                    "169.254.169.254",
                    // Keys of containers on AWS.
                    "169.254.170.2",
                    "169.254.170.23",
                    "fd00:ec2::23",
                    // AWS and Google Cloud.
                    "fd00:ec2::254",
                    "fd20:ce::254")
            .map(MetadataServices::literal)
            .collect(Collectors.toUnmodifiableSet());

    /** A proxy resolves names itself, so the names matter, too. */
    private static final Set<String> NAMES = Set.of(
            "metadata.tencentyun.com", "metadata.google.internal", "metadata.goog", "instance-data.ec2.internal");

    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]*|\\d+");
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int BYTE = 256;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEX = 16;
    private static final int MAX_DIGITS = 20;
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    private MetadataServices() {}

    /** Whether the host is the name or an address of a metadata service, however it is written. Resolves no name. */
    public static boolean isAt(HttpUrl url) {
        String host = url.host().toLowerCase(Locale.ROOT).replaceFirst("\\.+$", "");
        if (NAMES.contains(host)) {
            return true;
        }
        if (host.indexOf(':') >= 0) {
            return isAt(literal(host));
        }
        return isAt(numeric(host, OCTAL)) || isAt(numeric(host, DECIMAL));
    }

    static boolean isAt(@CheckForNull InetAddress address) {
        return address != null && (ADDRESSES.contains(address) || ADDRESSES.contains(embedded(address)));
    }

    /** The IPv4 address that a mapped, compatible, translated (NAT64) or tunnelled (6to4) IPv6 address stands for. */
    private static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6) {
            return address;
        }
        byte[] prefix = Arrays.copyOf(bytes, IPV6 - IPV4);
        if (Arrays.equals(prefix, new byte[IPV6 - IPV4]) || Arrays.equals(prefix, NAT64)) {
            return of(Arrays.copyOfRange(bytes, IPV6 - IPV4, IPV6));
        }
        boolean tunnelled = Arrays.equals(Arrays.copyOf(bytes, 2), SIX_TO_FOUR);
        return tunnelled ? of(Arrays.copyOfRange(bytes, 2, 2 + IPV4)) : address;
    }

    /**
     * Reads one to four numbers, of which the last one fills the remaining bytes, as the C library and many proxies do.
     *
     * @param zeroRadix the radix of a number that begins with a zero: C reads it as octal, Java as decimal
     */
    @CheckForNull
    private static InetAddress numeric(String host, int zeroRadix) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > IPV4
                || Arrays.stream(parts)
                        .anyMatch(part -> part.length() > MAX_DIGITS
                                || !NUMBER.matcher(part).matches())) {
            return null;
        }
        long bits = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long number = number(parts[i], zeroRadix);
            long limit = last ? 1L << (8 * (IPV4 - i)) : BYTE;
            if (number < 0 || number >= limit) {
                return null;
            }
            bits = last ? bits * limit + number : bits * BYTE + number;
        }
        return of(ByteBuffer.allocate(IPV4).putInt((int) bits).array());
    }

    /** Minus one for what is no number. */
    private static long number(String text, int zeroRadix) {
        try {
            if (text.startsWith("0x")) {
                return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), HEX);
            }
            return Long.parseLong(text, text.startsWith("0") ? zeroRadix : DECIMAL);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Makes an address of a literal; looks nothing up. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not an address: " + text, e);
        }
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Every four bytes are an address", e);
        }
    }
}
