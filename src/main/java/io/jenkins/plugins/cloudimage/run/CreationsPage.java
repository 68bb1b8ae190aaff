package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.HttpResponses;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.creation.Administration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/**
 * Shows administrators what the ledger holds: images in progress, open cleanup tasks, and records that need a decision.
 */
@Extension
public final class CreationsPage extends ManagementLink {
    private static final Logger LOGGER = Logger.getLogger(CreationsPage.class.getName());
    /** A page must not wait for a disk that hangs. */
    private static final int LONGEST_SECONDS = 10;

    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.CreationsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.CreationsPage_description();
    }

    @Override
    public String getUrlName() {
        return "cloud-images";
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** What the page shows. */
    public Records getRecords() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return new Records(CreationService.get().overview());
    }

    /** The REST API of the page. */
    public Api getApi() {
        return new Api(getRecords());
    }

    /**
     * Keeps an image about which an administrator has to decide.
     *
     * @param image the image, if it is one of several that may be the creation's
     */
    @POST
    public HttpResponse doKeep(@QueryParameter String key, @QueryParameter String image) {
        return decide(administration -> administration.keep(record(key), Util.fixEmpty(image), service()::deliver));
    }

    /**
     * Does the cleanup that an administrator has confirmed.
     *
     * @param image the image to delete, if it is one of several that may be the creation's
     */
    @POST
    public HttpResponse doCleanUp(@QueryParameter String key, @QueryParameter String image) {
        return decide(administration -> administration.cleanUp(record(key), Util.fixEmpty(image), service()::deliver));
    }

    /** Forgets a creation about which an administrator has to decide. */
    @POST
    public HttpResponse doForget(@QueryParameter String key) {
        return decide(administration -> administration.forget(record(key)));
    }

    /**
     * Makes the next attempt of a creation now.
     *
     * @param key its key; one at which nothing can be retried is left alone
     */
    @POST
    public HttpResponse doRetry(@QueryParameter String key) {
        return decide(administration -> administration.retry(record(key), service()::deliver));
    }

    /** Goes on with all records, and with the index, that may be copies or come from a backup. */
    @POST
    public HttpResponse doReleaseAll() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        service().made().release();
        return decide(Administration::releaseAll);
    }

    /**
     * Collects the information for a bug report, without secrets.
     *
     * @return a text to download
     */
    @POST
    public HttpResponse doSupportBundle() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String text = SupportBundle.of(getRecords(), Jenkins.logRecords);
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setContentType("text/plain;charset=UTF-8");
                response.setHeader("Content-Disposition", "attachment; filename=\"cloud-image-support.txt\"");
                response.getWriter().write(text);
            }
        };
    }

    private static CreationService service() {
        return CreationService.get();
    }

    /** A key is a UUID; anything else names no record and no file. */
    private static String record(String key) {
        return UUID.fromString(key).toString();
    }

    /** Returns when the decision is carried out, or after a while, because a disk may hang. */
    private static HttpResponse decide(Function<Administration, CompletableFuture<Boolean>> decision) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            decision.apply(service().administration()).get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (IllegalArgumentException e) {
            return HttpResponses.errorWithoutStack(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOGGER.log(Level.WARNING, "A decision of an administrator is still to be carried out", e);
        } catch (ExecutionException e) {
            return HttpResponses.error(e.getCause());
        }
        ExtensionList.lookupSingleton(AttentionMonitor.class).found(service().overview());
        return new HttpRedirect(".");
    }

    /** All records. */
    @ExportedBean
    public static final class Records {
        private final Administration.Overview overview;

        Records(Administration.Overview overview) {
            this.overview = overview;
        }

        /** The records that can be understood, the oldest first. */
        @Exported
        public List<CreationRow> getCreations() {
            return overview.creations().stream().map(CreationRow::new).toList();
        }

        /** How many of them wait because they may be copies or come from a backup. */
        @Exported
        public long getFenced() {
            return overview.creations().stream()
                    .filter(Administration.Status::fenced)
                    .count();
        }

        /** For how many jobs retention rests, because the index of their images may be a copy or come from a backup. */
        @Exported
        public int getFencedJobs() {
            return service().made().fenced();
        }

        /** The files that cannot be understood, by name. */
        @Exported
        public List<UnreadableFile> getUnreadable() {
            return overview.unreadable().entrySet().stream()
                    .map(file -> new UnreadableFile(file.getKey().toString(), file.getValue()))
                    .sorted(Comparator.comparing(UnreadableFile::getFile))
                    .toList();
        }
    }

    /** A file in the ledger that is left alone, because this version does not understand it. */
    @ExportedBean(defaultVisibility = 3)
    public static final class UnreadableFile {
        private final String file;
        private final String reason;

        UnreadableFile(String file, String reason) {
            this.file = file;
            this.reason = reason;
        }

        /** Its path. */
        @Exported
        public String getFile() {
            return file;
        }

        /** Why it cannot be understood. */
        @Exported
        public String getReason() {
            return OneLine.of(reason);
        }
    }
}
