// JD Cloud's Node.js SDK, jdcloud-sdk-js, against the fake JD Cloud.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startSimulator, until } from '../simulator.mjs';

const require = createRequire(import.meta.url);
const JDCloud = require('jdcloud-sdk-js/src/global');
const STS = require('jdcloud-sdk-js/src/services/sts');
const VM = require('jdcloud-sdk-js/src/services/vm');

const REGION = 'cn-north-1';
const INSTANCE = 'i-eumm9d8xvv';
let simulator;
let vm;

function client(credentials) {
  const { host, keyId, secret } = simulator.clouds.jdCloud;
  return new VM({
    credentials: { accessKeyId: keyId, secretAccessKey: secret, ...credentials },
    endpoint: { protocol: 'http', host },
    regionId: REGION,
  });
}

before(async () => {
  JDCloud.config.update({ logger: () => {} });
  simulator = await startSimulator();
  vm = client();
});

after(() => simulator.close());

test('makes an image, waits for it and deletes it', async () => {
  const created = await vm.createImage({ instanceId: INSTANCE, name: 'node-1', description: 'by the SDK' });
  const { imageId } = created.result;
  assert.match(imageId, /^img-/);

  const image = await until(
    async () => (await vm.describeImage({ imageId })).result.image,
    ({ status }) => status === 'ready',
  );
  assert.equal(image.name, 'node-1');
  assert.equal(image.desc, 'by the SDK');

  const pins = ['team-a', 'team-b'];
  await vm.shareImage({ imageId, pins });
  assert.deepEqual((await vm.describeImageMembers({ imageId })).result.pins, pins);
  await assert.rejects(vm.deleteImage({ imageId }), ({ error }) => error.status === 'FAILED_PRECONDITION');
  await vm.unShareImage({ imageId, pins });
  assert.deepEqual((await vm.describeImageMembers({ imageId })).result.pins, []);

  await vm.deleteImage({ imageId, deleteSnapshot: true });
  await assert.rejects(vm.describeImage({ imageId }), ({ error }) => error.status === 'NOT_FOUND');
});

test('an image needs no description and tells no source', async () => {
  const { imageId } = (await vm.createImage({ instanceId: INSTANCE, name: 'node-2' })).result;
  const { image } = (await vm.describeImage({ imageId })).result;

  assert.equal(image.desc, '');
  assert.equal(image.instanceId, undefined);
  assert.match(image.createTime, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
});

test('disks need neither zone nor name, and newer types have their own sizes', async () => {
  const create = (dataDisks) => vm.createImage({ instanceId: INSTANCE, name: 'node-3', dataDisks });
  const status = (expected) => ({ error }) => error.status === expected;

  await create([
    { deviceName: 'vdc', noDevice: true },
    { deviceName: 'vde', cloudDiskSpec: { snapshotId: 'snapshot-1', diskType: 'ssd.io1', diskSizeGB: 40, iops: 500 } },
    { deviceName: 'vdh', cloudDiskSpec: { diskType: 'ssd.gp1', diskSizeGB: 16000 } },
  ]);
  await assert.rejects(create([{ deviceName: 'vdh', cloudDiskSpec: { diskSizeGB: 40 } }]), status('INVALID_ARGUMENT'));
  await assert.rejects(
    create([{ deviceName: 'vdh', cloudDiskSpec: { diskType: 'ssd.gp1', diskSizeGB: 45 } }]),
    status('OUT_OF_RANGE'),
  );
  await assert.rejects(
    create([
      { deviceName: 'vdh', noDevice: true },
      { deviceName: 'vdh', noDevice: true },
    ]),
    status('DUPLICATE'),
  );
});

test('lists are answered with and without ids and filters', async () => {
  const { imageId } = (await vm.createImage({ instanceId: INSTANCE, name: 'node-list' })).result;
  const ids = ({ result }) => result.images.map((image) => image.imageId);

  assert.deepEqual(ids(await vm.describeImages({ ids: [imageId, 'img-none'] })), [imageId]);
  assert.ok(ids(await vm.describeImages({ imageSource: 'private' })).includes(imageId));
  assert.deepEqual(ids(await vm.describeImages({ imageSource: 'private', imageName: 'ode-lis' })), [imageId]);
  assert.deepEqual(ids(await vm.describeImages({ imageSource: 'public' })), []);
  await until(
    async () => ids(await vm.describeImages({ imageSource: 'private', status: 'ready' })),
    (ready) => ready.includes(imageId),
  );
  assert.deepEqual(ids(await vm.describeImages({ imageSource: 'private', status: 'error' })), []);
  await assert.rejects(vm.describeImages({}), ({ error }) => error.message === 'Parameter ImageSource missing');
  await assert.rejects(vm.describeImages({ imageSource: 'private', pageSize: 5 }), ({ error }) => error.code === 400);

  const { instances, totalCount } = (await vm.describeInstances({})).result;
  assert.equal(totalCount, instances.length);
  assert.ok(instances.some((instance) => instance.instanceId === INSTANCE));
  const one = await vm.describeInstances({ filters: [{ name: 'instanceId', values: [INSTANCE] }] });
  assert.equal(one.result.totalCount, 1);

  const quotas = (await vm.describeQuotas({ filters: [{ name: 'resourceTypes', values: ['image'] }] })).result.quotas;
  assert.deepEqual(quotas.map((quota) => quota.resourceType), ['image']);
  assert.ok(quotas[0].used >= 1);
  assert.ok((await vm.describeQuotas({})).result.quotas.length > 1);
});

test('lists instance templates', async () => {
  const { instanceTemplates, totalCount } = (await vm.describeInstanceTemplates({})).result;
  assert.equal(totalCount, 1);
  assert.equal(instanceTemplates[0].instanceTemplateData.imageId, 'img-simulated');
});

test('an instance is started and stopped once, and an unknown one stays unknown', async () => {
  const power = async () => (await vm.describeInstance({ instanceId: INSTANCE })).result.instance;
  const refused = ({ error }) => error.status === 'FAILED_PRECONDITION';

  assert.equal((await power()).systemDisk.diskCategory, 'cloud');
  await assert.rejects(vm.stopInstance({ instanceId: INSTANCE }), refused);
  await vm.startInstance({ instanceId: INSTANCE });
  await assert.rejects(vm.startInstance({ instanceId: INSTANCE }), refused);
  await until(power, ({ status }) => status === 'running');
  // Its system disk is a cloud disk.
  await vm.createImage({ instanceId: INSTANCE, name: 'node-running' });
  await vm.stopInstance({ instanceId: INSTANCE, chargeOnStopped: 'keepCharging' });
  await until(power, ({ status }) => status === 'stopped');

  for (const call of ['describeInstance', 'startInstance', 'stopInstance']) {
    await assert.rejects(vm[call]({ instanceId: 'i-none' }), ({ error }) => error.status === 'NOT_FOUND');
  }
  await assert.rejects(
    vm.createImage({ instanceId: 'i-none', name: 'node-4' }),
    ({ error }) => error.message === "Instance 'i-none' not found.",
  );
});

test('an image that is being made is not deleted, and one is deleted once', async () => {
  const { imageId } = (await vm.createImage({ instanceId: INSTANCE, name: 'node-5' })).result;
  await assert.rejects(vm.deleteImage({ imageId }), ({ error }) => error.status === 'FAILED_PRECONDITION');
  await until(
    async () => (await vm.describeImage({ imageId })).result.image,
    ({ status }) => status === 'ready',
  );
  await vm.deleteImage({ imageId });
  await assert.rejects(vm.deleteImage({ imageId }), ({ error }) => error.message === `Image '${imageId}' not found`);
});

test('copies an image to another region, one copy at a time', async () => {
  const { imageId } = (await vm.createImage({ instanceId: INSTANCE, name: 'node-source' })).result;
  const copy = (destinationRegion, more) => vm.copyImages({ sourceImageIds: [imageId], destinationRegion, ...more });
  const refused = ({ error }) => error.status === 'FAILED_PRECONDITION';
  const describe = async (id, region) => (await vm.describeImage({ imageId: id }, region)).result.image;
  const ready = ({ status }) => status === 'ready';
  await assert.rejects(copy('cn-east-2'), refused);
  await until(() => describe(imageId), ready);
  await assert.rejects(copy('cn-east-2', { sourceImageIds: [] }), ({ error }) => error.status === 'INVALID_ARGUMENT');
  await assert.rejects(copy('cn-east-2', { sourceImageIds: ['img-none'] }), ({ error }) => error.status === 'NOT_FOUND');

  const { copyImages } = (await copy('cn-east-2')).result;
  assert.deepEqual(copyImages.map(({ sourceImageId }) => sourceImageId), [imageId]);
  const { destinationImageId } = copyImages[0];
  await assert.rejects(describe(destinationImageId), ({ error }) => error.status === 'NOT_FOUND');
  const pending = await describe(destinationImageId, 'cn-east-2');
  assert.equal(pending.status, 'pending');
  assert.equal(pending.progress, '50');
  assert.equal(pending.name, 'node-source');
  await assert.rejects(copy('cn-south-1'), refused);
  await assert.rejects(vm.deleteImage({ imageId }), refused);
  await assert.rejects(vm.deleteImage({ imageId: destinationImageId }, 'cn-east-2'), refused);

  await until(() => describe(destinationImageId, 'cn-east-2'), ready);
  await vm.deleteImage({ imageId: destinationImageId }, 'cn-east-2');
  await vm.deleteImage({ imageId });
});

test('a wrong key gets nothing', async () => {
  const refused = ({ error }) => error.code === 401 && error.status === 'ACCESS_ERROR';
  await assert.rejects(
    client({ secretAccessKey: 'wrong' }).describeImages({ imageSource: 'private' }),
    refused,
  );
  await assert.rejects(client({ accessKeyId: 'nobody' }).describeImages({ imageSource: 'private' }), refused);
});

test('a role is assumed, and its key makes an image with its token in either form', async () => {
  const { keyId, secret } = simulator.clouds.jdCloud;
  const service = (credentials) =>
    new STS({
      credentials: { accessKeyId: keyId, secretAccessKey: secret, ...credentials },
      endpoint: { protocol: 'http', host: simulator.clouds['jdCloud-sts'].host },
    });
  const assume = (more, credentials) =>
    service(credentials).assumeRole({
      assumeRoleInfo: { roleJrn: 'jrn:iam::100000000001:role/image-builder', roleSessionName: 'node', ...more },
    });
  const { accessKey, secretKey, sessionToken, expiration } = (await assume()).result.credentials;
  assert.match(expiration, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

  const role = client({ accessKeyId: accessKey, secretAccessKey: secretKey });
  const list = (token) =>
    role.describeImages({ imageSource: 'private', 'x-extra-header': token && { 'x-jdcloud-security-token': token } });
  assert.ok((await list(sessionToken)).result.images);
  assert.ok((await list(Buffer.from(sessionToken).toString('base64'))).result.images);
  const refused = ({ error }) => error.status === 'ACCESS_ERROR';
  await assert.rejects(list('another'), refused);
  await assert.rejects(list(), refused);

  const invalid = (name) => ({ error }) => error.message === `Invalid ${name}`;
  await assert.rejects(assume({ durationSeconds: 3599 }), invalid('durationSeconds'));
  await assert.rejects(assume({ policy: 'allow' }), invalid('policy'));
  await assert.rejects(assume({ roleJrn: 'jrn:iam::1:role/none' }), ({ error }) => error.status === 'NOT_FOUND');
  await assert.rejects(assume({}, { secretAccessKey: 'wrong' }), refused);
});

test('what the API does not have is not routed', async () => {
  await assert.rejects(vm.describeKeypairs({}), ({ error }) => error.code === 404 && /no route/.test(error.message));
});
