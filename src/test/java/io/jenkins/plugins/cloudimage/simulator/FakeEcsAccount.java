package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A fake cloud with the ECS API, as tests set it up and look into it. */
public abstract class FakeEcsAccount implements FakeAccount {
    /** The account's AccessKey id. */
    public static final String KEY_ID = AlibabaAccount.KEY_ID;
    /** The account's AccessKey secret. */
    public static final String SECRET = AlibabaAccount.SECRET;
    /** The account's instance. */
    public static final String INSTANCE = "i-bp1g6zv0ce8oghu7k2xd";

    final Clock clock;
    final AlibabaAccount account;
    final FakeEcsApi api;

    FakeEcsAccount(Clock clock, boolean tellsUsable) {
        this.clock = clock;
        this.account = new AlibabaAccount(clock);
        this.api = new FakeEcsApi(clock, INSTANCE, tellsUsable);
    }

    /** The temporary keys of the account's role. */
    public IssuedKeys issued() {
        return account.issued();
    }

    /** The security token service of the account. */
    public FakeAlibabaSts tokenService() {
        return new FakeAlibabaSts(clock, account);
    }

    /** The metadata service of an instance in the account. */
    public FakeAlibabaMetadata metadata() {
        return new FakeAlibabaMetadata(clock, account.issued());
    }

    @Override
    public FakeImages images() {
        return api.images();
    }

    @Override
    public FakeShares shares() {
        return api.shares();
    }

    @Override
    public FakeInstances instances() {
        return api.instances();
    }

    @Override
    public synchronized void requireToken(String sessionToken) {
        account.requireToken(sessionToken);
    }

    @Override
    public synchronized void allowImages(int number) {
        api.allowImages(number);
    }

    /** Sets for how long a create is still being processed when its token comes again. */
    public synchronized void processTokens(Duration duration) {
        api.processTokens(duration);
    }

    /** Adds a snapshot that somebody made before. */
    public synchronized void addSnapshot(String id) {
        api.addSnapshot(id);
    }

    /** All snapshots of the account. */
    public synchronized List<String> snapshots() {
        return api.snapshots();
    }

    /** The copies of images in other regions. */
    public FakeEcsCopies copies() {
        return api.copies();
    }

    /** The parameters of every create that was carried out, without those that all calls have. */
    public synchronized List<Map<String, String>> creates() {
        return api.creates();
    }

    @Override
    public Answer throttled() {
        return api.throttled();
    }
}
