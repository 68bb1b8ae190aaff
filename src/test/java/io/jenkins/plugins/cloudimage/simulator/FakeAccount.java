package io.jenkins.plugins.cloudimage.simulator;

/** An account in a fake cloud, as tests of every cloud set it up and look into it. */
public interface FakeAccount extends FakeCloud {

    /** The account's images. */
    FakeImages images();

    /** The account's instances. */
    FakeInstances instances();

    /** With whom the images are shared. */
    FakeShares shares();

    /** Makes the key a temporary one that needs this token. */
    void requireToken(String sessionToken);

    /** Sets how many images the account may have. */
    void allowImages(int number);
}
