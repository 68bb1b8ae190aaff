# make test    the core from Maven Central, and the whole plugin wherever Jenkins' artifacts can be resolved; the logs are in
#              target/logs
# make soak    the core's tests with the full number of chaos and fuzzing runs
# make demo    Jenkins with the plugin, simulated clouds and ready-made jobs; CORE=1: the core alone, on the terminal;
#              PORT=8081, SIMULATOR_PORT=28080: other ports
# make browser drives headless Chromium through the demonstration and keeps pictures in target/browser: needs Jenkins'
#              artifacts, Node.js and Chromium (CHROMIUM=/usr/bin/chromium)
# make live    makes one real image with a real key and deletes it: CLOUD=tencentCloud REGION=ap-guangzhou
#              INSTANCE=ins-6pb6lrmy, and LIVE_KEY_ID and LIVE_SECRET (LIVE_TOKEN) in the environment; STOP=true stops
#              the instance for it, ENDPOINT=https://... replaces the cloud's own endpoint; an Apsara Stack takes GATEWAY=pop,
#              ORGANIZATION_ID and RESOURCE_SET_ID too
# make bench   measures the core beside the clouds' own SDKs, and writes the table into docs/performance.md;
#              QUICK=1: within a few minutes, less exact, and into target/bench only
# make format  brings all sources into the form that the build asks for
# MAVEN_REPO=folder takes another local repository, MAVEN_FLAGS=-o gives Maven more arguments.

.PHONY: test test-core test-oracles test-node hosting test-plugin soak probe simulator plugin demo demo-core demo-jenkins browser live bench bench-jenkins format clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

# With an ASCII locale, Java cannot open a file whose path has other letters.
ifneq ($(shell locale charmap 2>/dev/null),UTF-8)
export LC_ALL := C.UTF-8
endif

export MAVEN_REPO
ARGUMENTS = --batch-mode --no-transfer-progress -Dstyle.color=never $(if $(MAVEN_REPO),'-Dmaven.repo.local=$(MAVEN_REPO)') $(MAVEN_FLAGS)
MVN = mvn $(ARGUMENTS)
PLUGIN_MVN = .ci/maven $(ARGUMENTS)
AGAIN = @$(MAKE) --no-print-directory

PARENT := $(shell sed -n '/<parent>/,/<\/parent>/s/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml)
BASELINE := $(shell sed -n 's/.*<jenkins.baseline>\(.*\)<\/jenkins.baseline>.*/\1/p' pom.xml)
JENKINS := $(shell sed -n 's/.*<jenkins.version>$${jenkins.baseline}\(.*\)<\/jenkins.version>.*/$(BASELINE)\1/p' pom.xml)
REPOSITORY := $(shell sed -n '/<repositories>/,/<\/repositories>/s/.*<url>\(.*\)<\/url>.*/\1/p' pom.xml)
WAR := target/probe/jenkins-war-$(JENKINS).war

test:
	@.ci/need mvn java javac jar
	$(AGAIN) test-core test-oracles test-node hosting
	$(AGAIN) test-plugin COUNTED='target/core peers'

test-core:
	@.ci/need mvn java javac
	@.ci/stage core target/core -- $(MVN) -f pom-core.xml verify

# The clouds' own SDKs judge our signers and our simulator.
test-oracles:
	@.ci/need mvn java javac
	@.ci/stage oracles peers -- $(MVN) -f peers/pom.xml verify

# The clouds' Node.js SDKs judge the simulator, where Node.js is installed.
test-node:
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory simulator >/dev/null && .ci/stage node -- peers/node/run; \
	else \
	  echo "node: left out, because npm is not installed. The clouds' Node.js SDKs did not judge the simulator."; \
	fi

# What the community asks of a plugin before it hosts it.
hosting:
	@.ci/need
	@.ci/stage hosting -- .ci/hosting-check

soak:
	@.ci/need mvn java javac
	@.ci/stage soak target/core -- $(MVN) -f pom-core.xml test -Dsoak=true

# The probe asks for the parent POM and the war, nothing else: once they resolve, every later failure is a failure.
probe:
	@mkdir -p target/probe
	@$(MVN) -q -f .ci/probe.xml dependency:copy -Dplugin.parent=$(PARENT) -Djenkins.version=$(JENKINS) -Drepository=$(REPOSITORY) >target/probe/log 2>&1 || rm -f $(WAR)

# The core's tests have run by then, from the same sources; mvn verify alone runs them too.
test-plugin: probe
	@.ci/need mvn java javac jar
	@if [ -f $(WAR) ]; then \
	  .ci/stage plugin target/surefire-reports -- $(PLUGIN_MVN) verify -DforkCount=1.5C '-Dsurefire.excludes=**/core/**' && \
	  .ci/check-hpi target/cloud-image.hpi && .ci/count $(COUNTED) target/surefire-reports && \
	  echo "THE PLUGIN WAS BUILT AND TESTED IN JENKINS $(JENKINS): target/cloud-image.hpi"; \
	else \
	  rm -rf target/surefire-reports; \
	  $(if $(COUNTED),.ci/count $(COUNTED); echo "THE CORE PASSED ITS TESTS.";) \
	  echo "THE PLUGIN WAS NOT BUILT AND NOT TESTED, AND THERE IS NO .HPI:"; \
	  echo "ORG.JENKINS-CI.PLUGINS:PLUGIN:$(PARENT) AND ORG.JENKINS-CI.MAIN:JENKINS-WAR:$(JENKINS) CANNOT BE RESOLVED"; \
	  echo "FROM JENKINS' REPOSITORY OR THE LOCAL MAVEN REPOSITORY. SEE CONTRIBUTING.MD."; \
	fi

demo:
	@.ci/need mvn java javac jar
	@demo/check-ports
ifneq ($(CORE),)
	@echo "This is the demonstration on the terminal, because CORE=$(CORE) asks for it. The one in Jenkins: make demo"
	$(AGAIN) demo-core
else
	@echo "Looking for Jenkins' artifacts ..."
	$(AGAIN) probe
	@if [ -f $(WAR) ]; then \
	  echo "This is the demonstration in Jenkins $(JENKINS). The one on the terminal: make demo CORE=1"; \
	  $(MAKE) --no-print-directory demo-jenkins; \
	else \
	  echo "This is the demonstration on the terminal, because Jenkins' artifacts (jenkins-war $(JENKINS), plugin $(PARENT)) can be"; \
	  echo "resolved neither from $(REPOSITORY) nor from the local Maven repository. Where they can, make demo"; \
	  echo "runs it in Jenkins. Maven's reasons are in target/probe/log."; \
	  $(MAKE) --no-print-directory demo-core; \
	fi
endif

simulator:
	@echo "Building the core and the simulated clouds (the first time, their libraries are downloaded) ..."
	@.ci/quietly build $(MVN) -f pom-core.xml test-compile org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile=target/core/classpath

demo-core: simulator
	@java -cp "target/core/classes:target/core/test-classes:$$(cat target/core/classpath)" io.jenkins.plugins.cloudimage.simulator.CoreDemo

demo-jenkins: plugin
	@demo/check-ports free
	@demo/run $(WAR)

plugin: probe simulator
	@[ -f $(WAR) ] || { echo "JENKINS' ARTIFACTS CANNOT BE RESOLVED. SEE CONTRIBUTING.MD."; exit 1; }
	@echo "Building the plugin ..."
	@.ci/quietly build-plugin $(PLUGIN_MVN) -DskipTests -Dspotbugs.skip package

browser:
	@.ci/need mvn java javac jar node npm
	@demo/check-ports free
	$(AGAIN) plugin
	@cd src/test/browser && npm ci --silent
	@CHROMIUM='$(or $(CHROMIUM),/usr/bin/chromium)' OUT=target/browser demo/run $(WAR) node src/test/browser/browser.mjs

# Keys come from the environment only: arguments are seen by everybody on the machine.
live: export LIVE_CLOUD := $(CLOUD)
live: export LIVE_REGION := $(REGION)
live: export LIVE_INSTANCE := $(INSTANCE)
live: export LIVE_STOP := $(STOP)
live: export LIVE_ENDPOINT := $(ENDPOINT)
live: export LIVE_GATEWAY := $(GATEWAY)
live: export LIVE_ORGANIZATION_ID := $(ORGANIZATION_ID)
live: export LIVE_RESOURCE_SET_ID := $(RESOURCE_SET_ID)
live:
	@.ci/live-check
	@.ci/need mvn java javac
	$(AGAIN) simulator
	@java -cp "target/core/classes:target/core/test-classes:$$(cat target/core/classpath)" io.jenkins.plugins.cloudimage.core.LiveImage

# Some SDKs would send requests for the loopback interface to a proxy.
bench:
	@.ci/need mvn java javac
	@rm -f target/bench/jenkins.tsv
ifeq ($(QUICK),)
	$(AGAIN) bench-jenkins
endif
	@echo "Building the core, the SDKs' drivers and the benchmark ..."
	@.ci/quietly build-peers $(MVN) -f peers/pom.xml package -DskipTests
	@cd peers/bench && env -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy -u https_proxy \
	  java -cp "target/classes:target/sdk/*" io.jenkins.plugins.cloudimage.peers.bench.Bench $(if $(QUICK),quick,full)

bench-jenkins: probe
	@if [ -f $(WAR) ]; then \
	  echo "Measuring the step in Jenkins $(JENKINS) ..." && \
	  .ci/quietly bench-jenkins $(PLUGIN_MVN) test -Dtest=StepLatency; \
	else \
	  echo "The step is not measured in Jenkins, because Jenkins' artifacts cannot be resolved. See target/probe/log."; \
	fi

format:
	@.ci/need mvn java
	@.ci/quietly format $(MVN) -f pom-core.xml spotless:apply

clean:
	rm -rf target work peers/target peers/*/target peers/sdk/*/target
