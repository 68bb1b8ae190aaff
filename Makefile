# make test    the core from Maven Central, and the whole plugin wherever Jenkins' artifacts can be had
# make demo    Jenkins with the plugin, the fake clouds and ready-made jobs; CORE=1: the core alone, on the terminal
# make browser drives headless Chromium through the demonstration and keeps pictures in target/browser: needs Jenkins'
#              artifacts, Node.js and Chromium (CHROMIUM=/usr/bin/chromium)
# make live    makes one real image with a real key and deletes it: CLOUD=tencentCloud REGION=ap-guangzhou
#              INSTANCE=ins-6pb6lrmy, and LIVE_KEY_ID and LIVE_SECRET (LIVE_TOKEN) in the environment; STOP=true stops
#              the machine for it, ENDPOINT=https://... replaces the cloud's own endpoint
# make bench   measures the core beside the clouds' own SDKs, and writes the table into docs/performance.md;
#              QUICK=1: within three minutes, less exact, and into target/bench only
# make format  brings all sources into the form that the build asks for

.PHONY: test test-core test-oracles hosting test-plugin probe simulator plugin demo demo-core demo-jenkins browser live bench format clean
.DELETE_ON_ERROR:

# hpi packaging needs Maven 3.9.6; where the installed one is older, it fetches a newer one from Maven Central.
MAVEN_VERSION := 3.9.11
MAVEN_HOME := target/maven/apache-maven-$(MAVEN_VERSION)
INSTALLED := $(shell mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
RECENT := $(shell printf '%s\n' 3.9.6 '$(INSTALLED)' | sort -CV && echo yes)
ifeq ($(RECENT),yes)
MVN := mvn
MAVEN :=
else
MVN := $(MAVEN_HOME)/bin/mvn
MAVEN := $(MVN)
endif
RUN := $(MVN) --batch-mode --no-transfer-progress

PARENT := $(shell sed -n '/<parent>/,/<\/parent>/s/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml)
BASELINE := $(shell sed -n 's/.*<jenkins.baseline>\(.*\)<\/jenkins.baseline>.*/\1/p' pom.xml)
JENKINS := $(shell sed -n 's/.*<jenkins.version>$${jenkins.baseline}\(.*\)<\/jenkins.version>.*/$(BASELINE)\1/p' pom.xml)
REPOSITORY := $(shell sed -n '/<repositories>/,/<\/repositories>/s/.*<url>\(.*\)<\/url>.*/\1/p' pom.xml)
WAR := target/probe/jenkins-war-$(JENKINS).war

$(MAVEN_HOME)/bin/mvn:
	mvn -q -B -f pom-core.xml dependency:copy -Dartifact=org.apache.maven:apache-maven:$(MAVEN_VERSION):zip:bin -DoutputDirectory=target/maven -Dmdep.useBaseVersion=true
	cd target/maven && jar xf apache-maven-$(MAVEN_VERSION)-bin.zip && chmod +x apache-maven-$(MAVEN_VERSION)/bin/mvn

test: test-core test-oracles hosting
	@$(MAKE) --no-print-directory test-plugin

test-core: $(MAVEN)
	$(RUN) -f pom-core.xml verify

# The clouds' own SDKs judge our signers and our simulator.
test-oracles: $(MAVEN)
	$(RUN) -f peers/pom.xml verify

# What the community asks of a plugin before it hosts it. The last word of a test is the plugin's.
hosting:
	.ci/hosting-check

# The probe asks for the parent POM and the war, nothing else: once they resolve, every later failure is a failure.
probe: $(MAVEN)
	@mkdir -p target/probe
	@$(RUN) -q -f .ci/probe.xml dependency:copy -Dplugin.parent=$(PARENT) -Djenkins.version=$(JENKINS) -Drepository=$(REPOSITORY) >target/probe/log 2>&1 || rm -f $(WAR)

# The core's tests have run by then, from the same sources; mvn verify alone runs them too.
test-plugin: probe
	@if [ -f $(WAR) ]; then \
	  $(RUN) verify -DforkCount=1C '-Dsurefire.excludes=**/core/**' && .ci/check-hpi target/cloud-image.hpi && \
	  echo "THE PLUGIN WAS BUILT AND TESTED IN JENKINS $(JENKINS): target/cloud-image.hpi"; \
	else \
	  echo "THE CORE PASSED ITS TESTS."; \
	  echo "THE PLUGIN WAS NOT BUILT AND NOT TESTED, AND THERE IS NO .HPI:"; \
	  echo "ORG.JENKINS-CI.PLUGINS:PLUGIN:$(PARENT) AND ORG.JENKINS-CI.MAIN:JENKINS-WAR:$(JENKINS) CANNOT BE RESOLVED"; \
	  echo "FROM JENKINS' REPOSITORY OR THE LOCAL MAVEN REPOSITORY. SEE CONTRIBUTING.MD."; \
	fi

demo: probe
	@if [ -f $(WAR) ] && [ -z "$(CORE)" ]; then \
	  $(MAKE) --no-print-directory demo-jenkins; \
	else \
	  $(MAKE) --no-print-directory demo-core; \
	fi

simulator: $(MAVEN)
	@echo "Building the core and the fake clouds ..."
	@$(RUN) -q -f pom-core.xml test-compile dependency:build-classpath -Dmdep.outputFile=target/core/classpath

demo-core: simulator
	@java -cp "target/core/classes:target/core/test-classes:$$(cat target/core/classpath)" io.jenkins.plugins.cloudimage.simulator.CoreDemo

demo-jenkins: plugin
	@demo/run $(WAR)

plugin: probe simulator
	@[ -f $(WAR) ] || { echo "JENKINS' ARTIFACTS CANNOT BE RESOLVED. SEE CONTRIBUTING.MD."; exit 1; }
	@echo "Building the plugin ..."
	@$(RUN) -q -DskipTests -Dspotbugs.skip package

browser: plugin
	@cd src/test/browser && npm ci --silent
	@CHROMIUM='$(or $(CHROMIUM),/usr/bin/chromium)' OUT=target/browser demo/run $(WAR) node src/test/browser/browser.mjs

# Keys come from the environment only: arguments are seen by everybody on the machine.
live: $(MAVEN)
	LIVE_CLOUD='$(CLOUD)' LIVE_REGION='$(REGION)' LIVE_INSTANCE='$(INSTANCE)' LIVE_STOP='$(STOP)' \
	  $(if $(ENDPOINT),LIVE_ENDPOINT='$(ENDPOINT)') \
	  $(RUN) -f pom-core.xml test -Dtest=LiveTest

# Some SDKs would send requests for the loopback interface to a proxy.
bench: $(MAVEN)
	@echo "Building the core, the SDKs' drivers and the benchmark ..."
	@$(RUN) -q -f peers/pom.xml package -DskipTests
	@cd peers/bench && env -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy -u https_proxy \
	  java -cp "target/classes:target/sdk/*" io.jenkins.plugins.cloudimage.peers.bench.Bench $(if $(QUICK),quick,full)

format: $(MAVEN)
	$(RUN) -q -f pom-core.xml spotless:apply

clean:
	rm -rf target work
