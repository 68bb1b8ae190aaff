// Drives Chromium through the demonstration as a new user would: from an empty form of a freestyle job to the id of the
// image. Fails on any error in the console and on anything that the content security policy forbids. Started by
// "make browser"; JENKINS is the address, CHROMIUM the browser, and the pictures go to OUT.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";

const { JENKINS, CHROMIUM = "/usr/bin/chromium", OUT = "target/browser" } = process.env;
const JOB = "browser";
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 420, height: 900 };
const CLOUDS = {
  "JD Cloud": "JdCloudSettings",
  "Tencent Cloud": "TencentCloudSettings",
  "Tencent QCloud (legacy API v2)": "QcloudSettings",
  "Alibaba Apsara Stack": "ApsaraStackSettings",
  "Alibaba Cloud ENS": "AlibabaEnsSettings",
  "Alibaba Cloud ECS": "AlibabaEcsSettings",
};
const BUILD = `${JENKINS}/job/${JOB}/1/`;

const troubles = [];

async function open(browser) {
  const context = await browser.newContext({ viewport: WIDE, permissions: ["clipboard-read", "clipboard-write"] });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("pageerror", (error) => troubles.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      troubles.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    }
  });
  return page;
}

/** Takes a page in the light and in the dark, wide and narrow, at its full height. */
async function pictures(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [width, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.screenshot({ path: `${OUT}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
}

/** The button that tries the key at a cloud; the fields of all clouds stay on the page, of which one's are visible. */
const tester = (page, cloud) => page.locator(`button[data-validate-button-descriptor-url$='.${CLOUDS[cloud]}']:visible`);

async function choose(page, cloud) {
  await page.locator("select.dropdownList:visible").last().selectOption({ label: cloud });
  await tester(page, cloud).waitFor();
}

async function makeJob(page) {
  await page.goto(`${JENKINS}/view/all/newJob`);
  await page.fill("#name", JOB);
  await page.click(".hudson_model_FreeStyleProject");
  await page.click("#ok-button");
  await page.waitForURL(`**/job/${JOB}/configure`);
  await page.getByRole("button", { name: "Add build step" }).click();
  await page.locator(".jenkins-dropdown__item", { hasText: "Create a cloud image" }).click();
}

async function fillIn(page) {
  const step = page.locator("[descriptorid$='CreateCloudImageBuilder']");
  await step.locator("select[name='_.credentialsId'] option[value='tencentCloud-demo']").waitFor({ state: "attached" });
  await page.locator(".validate-button:visible").waitFor();
  await page.getByText("Choose the credential with the access key").waitFor();
  await pictures(page, "form-empty");
  await step.locator("select[name='_.credentialsId']").selectOption("tencentCloud-demo");
  await choose(page, "Tencent Cloud");
  const visible = (field) => step.locator(`[name='_.${field}']:visible`);
  await visible("region").fill("ap-guangzhou");
  await visible("instanceId").fill("ins-6pb6lrmy");
  await step.getByRole("button", { name: "Advanced" }).first().click();
  await visible("endpoint").selectOption("simulator");

  // The rule is that of the cloud that is chosen.
  await visible("imageName").fill("x".repeat(61));
  await visible("description").click();
  await step.getByText("imageName has 61 characters; the cloud takes 1 to 60").waitFor();
  await visible("imageName").fill("web-${BUILD_NUMBER}");
  await visible("description").fill("made by a browser");
  await step.getByText("imageName has 61 characters").waitFor({ state: "hidden" });

  await tester(page, "Tencent Cloud").click();
  await step.getByText("The key works at Tencent Cloud: it has the permission cvm:DescribeImages").waitFor();
  await pictures(page, "form-filled");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(`**/job/${JOB}/`);
}

async function until(condition) {
  for (let seconds = 0; !(await condition()); seconds++) {
    assert.ok(seconds < 180, `not in three minutes: ${condition}`);
    await setTimeout(1000);
  }
}

async function build(page) {
  await page.getByRole("link", { name: "Build Now" }).click();
  await until(async () => (await fetch(BUILD)).ok);
  await page.goto(BUILD);
  await pictures(page, "build-waiting");
  await until(async () => (await (await fetch(`${BUILD}api/json`)).json()).result);
  await page.reload();
  await pictures(page, "build-ready");
}

/** Copies the id with the page's own button and compares it with what the REST API says. */
async function copyId(page) {
  const answer = await (await fetch(`${BUILD}api/json?tree=result,actions[images[*]]`)).json();
  assert.equal(answer.result, "SUCCESS");
  const [image] = answer.actions.flatMap((action) => action.images ?? []);
  await page.goto(BUILD);
  await page.locator(`button[text="${image.id}"]`).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, image.id);
  console.log(`The build page's button copied ${copied}`);
}

async function lookAround(page) {
  await page.goto(`${JENKINS}/job/bake-pipeline/pipeline-syntax/`);
  await page.locator("select").first().selectOption({ label: "createCloudImage: Create a cloud image" });
  await page.locator("select[name='_.credentialsId'] option[value='jdCloud-demo']").waitFor({ state: "attached" });
  await page.getByText("Choose the credential with the access key").waitFor();
  await page.locator("select[name='_.credentialsId']").selectOption("jdCloud-demo");
  const unfold = (nth) => page.getByRole("button", { name: "Advanced" }).filter({ visible: true }).nth(nth).click();
  await unfold(1);
  for (const cloud of Object.keys(CLOUDS)) {
    await choose(page, cloud);
    await unfold(0);
    await pictures(page, CLOUDS[cloud]);
  }
  await choose(page, "Tencent Cloud");
  await choose(page, "JD Cloud");
  await page.locator("[name='_.region']:visible").fill("cn-north-1");
  if (!(await page.locator("[name='_.endpoint']:visible").isVisible())) {
    await unfold(0);
  }
  await page.locator("[name='_.endpoint']:visible").selectOption("simulator");
  await tester(page, "JD Cloud").click();
  await page.getByText("The key works at JD Cloud: it has the permission vm:describeImages").waitFor();
  await page.locator("[name='_.instanceId']:visible").fill("i-eumm9d8xvv");
  await page.locator("[name='_.imageName']").fill("web-1");
  await page.getByRole("button", { name: "Generate Pipeline Script" }).click();
  await page.waitForFunction(() => document.querySelector("#prototypeText").value.includes("i-eumm9d8xvv"));
  assert.equal(
    await page.locator("#prototypeText").inputValue(),
    "createCloudImage cloud: jdCloud(endpoint: 'simulator', instanceId: 'i-eumm9d8xvv', region: 'cn-north-1'), " +
      "credentialsId: 'jdCloud-demo', imageName: 'web-1'",
  );
  await pictures(page, "snippet-generator");

  await page.goto(`${JENKINS}/manage/configure`);
  await page.locator("[name='_.pollSeconds']").scrollIntoViewIfNeeded();
  await pictures(page, "system");

  await page.goto(`${JENKINS}/manage/credentials/store/system/domain/_/`);
  await page.getByRole("button", { name: "Add Credentials" }).click();
  await page.getByText("Cloud access key", { exact: true }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.locator("[name='_.accessKeyId']").fill("an\u00a0id");
  await page.locator("[name='_.secretKey']").click();
  await page.getByText("The access key id has a tab").waitFor();
  await pictures(page, "credential-new");
}

await mkdir(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-quic"] });
try {
  const page = await open(browser);
  try {
    await makeJob(page);
    await fillIn(page);
    await build(page);
    await copyId(page);
    await lookAround(page);
  } catch (error) {
    await page.screenshot({ path: `${OUT}/failed.png`, fullPage: true });
    throw error;
  }
} finally {
  await browser.close();
}
assert.deepEqual(troubles, [], "the pages reported errors");
console.log(`No page reported an error. Pictures: ${OUT}`);
