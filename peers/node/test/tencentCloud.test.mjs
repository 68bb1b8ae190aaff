// Tencent Cloud's Node.js SDK, tencentcloud-sdk-nodejs-cvm, against the fake Tencent Cloud.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sdk from 'tencentcloud-sdk-nodejs-cvm';
import { startSimulator, until } from '../simulator.mjs';

const { Client } = sdk.cvm.v20170312;
const INSTANCE = 'ins-6pb6lrmy';
let simulator;

// The SDK signs the name of the host without its port.
function client({ credential, region = 'ap-guangzhou', method = 'POST', signMethod = 'TC3-HMAC-SHA256' } = {}) {
  const { host, keyId, secret } = simulator.clouds.tencentCloud;
  return new Client({
    credential: { secretId: keyId, secretKey: secret, ...credential },
    region,
    profile: { signMethod, httpProfile: { protocol: 'http://', endpoint: host, reqMethod: method } },
  });
}

const describe = async (cvm, ImageId) => (await cvm.DescribeImages({ ImageIds: [ImageId] })).ImageSet[0];
const state = async (cvm) => (await cvm.DescribeInstances({ InstanceIds: [INSTANCE] })).InstanceSet[0].InstanceState;
const refused = (call, code) => assert.rejects(call, (error) => error.code === code);

before(async () => {
  simulator = await startSimulator();
});

after(() => simulator.close());

for (const how of [
  { method: 'POST' },
  { method: 'GET' },
  { method: 'POST', signMethod: 'HmacSHA256' },
  { method: 'GET', signMethod: 'HmacSHA1' },
]) {
  test(`makes an image, waits for it and deletes it by ${how.method} ${how.signMethod ?? ''}`, async () => {
    const cvm = client(how);
    const ImageName = `node ${how.method}-${how.signMethod ?? 'TC3'}`;
    const { ImageId } = await cvm.CreateImage({
      InstanceId: INSTANCE,
      ImageName,
      ImageDescription: 'by the SDK, 夜间',
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'team', Value: 'web' }] }],
      ImageFamily: 'web',
    });
    assert.match(ImageId, /^img-/);
    await refused(cvm.CreateImage({ InstanceId: INSTANCE, ImageName }), 'InvalidImageName.Duplicate');
    const twice = [{ ResourceType: 'image', Tags: [{ Key: 'team' }, { Key: 'team' }] }];
    const tagged = { InstanceId: INSTANCE, ImageName: 'other', TagSpecification: twice };
    await refused(cvm.CreateImage(tagged), 'InvalidParameterValue.DuplicateTags');

    const image = await until(
      () => describe(cvm, ImageId),
      ({ ImageState }) => ImageState === 'NORMAL',
    );
    assert.equal(image.ImageName, ImageName);
    assert.equal(image.ImageDescription, 'by the SDK, 夜间');
    assert.deepEqual(image.Tags, [{ Key: 'team', Value: 'web' }]);
    assert.equal(image.ImageFamily, 'web');
    assert.equal(image.SyncPercent, null);

    const found = await cvm.DescribeImages({ Filters: [{ Name: 'image-name', Values: [ImageName] }] });
    assert.deepEqual(found.ImageSet.map((each) => each.ImageId), [ImageId]);

    const AccountIds = ['100012345678', '100012345679'];
    await cvm.ModifyImageSharePermission({ ImageId, AccountIds, Permission: 'SHARE' });
    const { SharePermissionSet } = await cvm.DescribeImageSharePermission({ ImageId });
    assert.deepEqual(SharePermissionSet.map(({ AccountId }) => AccountId), AccountIds);
    const again = cvm.ModifyImageSharePermission({ ImageId, AccountIds, Permission: 'SHARE' });
    await refused(again, 'FailedOperation.AccountAlreadyExists');
    await refused(cvm.DeleteImages({ ImageIds: [ImageId] }), 'InvalidImageId.InShared');
    await cvm.ModifyImageSharePermission({ ImageId, AccountIds, Permission: 'CANCEL' });

    await cvm.DeleteImages({ ImageIds: [ImageId], DeleteBindedSnap: true });
    await refused(cvm.DeleteImages({ ImageIds: [ImageId] }), 'InvalidImageId.NotFound');
    assert.equal((await cvm.DescribeImages({ ImageIds: [ImageId] })).TotalCount, 0);
  });
}

test('copies an image to other regions', async () => {
  const cvm = client();
  const { ImageId } = await cvm.CreateImage({ InstanceId: INSTANCE, ImageName: 'node-source' });
  const copy = { ImageIds: [ImageId], DestinationRegions: ['ap-beijing', 'ap-shanghai'], ImageName: 'node-copy' };
  await refused(cvm.SyncImages(copy), 'FailedOperation.InvalidImageState');
  await until(
    () => describe(cvm, ImageId),
    ({ ImageState }) => ImageState === 'NORMAL',
  );
  await refused(cvm.SyncImages({ ...copy, DestinationRegions: ['ap-guangzhou'] }), 'InvalidParameterValue.InvalidRegion');
  await refused(cvm.SyncImages({ ...copy, ImageIds: [ImageId, ImageId] }), 'InvalidImageId.TooLarge');

  const { ImageSet } = await cvm.SyncImages({ ...copy, ImageSetRequired: true });
  assert.deepEqual(ImageSet.map(({ Region }) => Region), copy.DestinationRegions);
  for (const { ImageId: id, Region } of ImageSet) {
    const there = client({ region: Region });
    assert.equal((await describe(there, id)).ImageState, 'SYNCING');
    await refused(there.DeleteImages({ ImageIds: [id] }), 'InvalidImageId.IncorrectState');
  }
  await refused(cvm.SyncImages(copy), 'InvalidImageName.Duplicate');
  const none = await cvm.SyncImages({ ...copy, DestinationRegions: ['ap-chengdu'] });
  assert.deepEqual(none.ImageSet, []);
  for (const { ImageId: id, Region } of ImageSet) {
    const there = client({ region: Region });
    assert.equal((await cvm.DescribeImages({ ImageIds: [id] })).TotalCount, 0);
    const image = await until(
      () => describe(there, id),
      ({ ImageState }) => ImageState === 'NORMAL',
    );
    assert.equal(image.ImageName, 'node-copy');
    await there.DeleteImages({ ImageIds: [id] });
  }
  await cvm.DeleteImages({ ImageIds: [ImageId] });
});

test('finds images by type, tag and family', async () => {
  const cvm = client();
  const make = (ImageName, Value, ImageFamily) =>
    cvm.CreateImage({
      InstanceId: INSTANCE,
      ImageName,
      ImageFamily,
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'env', Value }] }],
    });
  const prod = (await make('node-prod', 'prod', 'web')).ImageId;
  const test = (await make('node-test', 'test')).ImageId;
  const found = async (...Filters) => (await cvm.DescribeImages({ Filters })).ImageSet.map(({ ImageId }) => ImageId);
  const own = { Name: 'image-type', Values: ['PRIVATE_IMAGE'] };

  const image = await until(
    () => describe(cvm, prod),
    ({ ImageState }) => ImageState === 'NORMAL',
  );
  await until(
    () => describe(cvm, test),
    ({ ImageState }) => ImageState === 'NORMAL',
  );
  assert.equal(image.ImageType, 'PRIVATE_IMAGE');
  assert.equal(image.ImageFamily, 'web');
  assert.equal(image.ImageDeprecated, false);
  assert.deepEqual(await found({ Name: 'image-type', Values: ['SHARED_IMAGE'] }), []);
  // Tags are bound some time after the create call.
  assert.deepEqual(await until(() => found(own, { Name: 'tag:env', Values: ['prod'] }), (ids) => ids.length > 0), [prod]);
  assert.deepEqual(await until(() => found(own, { Name: 'tag-key', Values: ['env'] }), (ids) => ids.length > 1), [prod, test]);

  await cvm.DeleteImages({ ImageIds: [prod, test] });
});

test('lists without being told what', async () => {
  const cvm = client();
  assert.equal((await cvm.DescribeImages({})).TotalCount, 0);
  assert.deepEqual((await cvm.DescribeInstances({})).InstanceSet.map(({ InstanceId }) => InstanceId), [INSTANCE]);
  assert.ok((await cvm.DescribeImageQuota({})).ImageNumQuota > 0);
});

test('lists launch templates', async () => {
  const cvm = client();
  const { LaunchTemplateSet, TotalCount } = await cvm.DescribeLaunchTemplates({});
  assert.equal(TotalCount, 1);
  const [{ LaunchTemplateId, LatestVersionNumber }] = LaunchTemplateSet;
  const versions = await cvm.DescribeLaunchTemplateVersions({ LaunchTemplateId, MaxVersion: LatestVersionNumber });
  assert.equal(versions.TotalCount, 1);
  assert.equal(versions.LaunchTemplateVersionSet[0].LaunchTemplateVersionData.ImageId, 'img-simulated');
  await refused(cvm.DescribeLaunchTemplateVersions({ LaunchTemplateId: 'lt-none' }), 'InvalidParameterValue.LaunchTemplateIdNotExisted');
});

test('stops what runs and starts what is stopped, and nothing else', async () => {
  const cvm = client();
  const instance = { InstanceIds: [INSTANCE] };
  await refused(cvm.StopInstances({ InstanceIds: ['ins-00000000'] }), 'InvalidInstanceId.NotFound');
  assert.equal((await cvm.DescribeInstances({})).TotalCount, 1);
  await refused(cvm.StartInstances(instance), 'UnsupportedOperation.InstanceStateRunning');

  await cvm.StopInstances({ ...instance, StopType: 'SOFT' });
  await until(() => state(cvm), (is) => is === 'STOPPED');
  await refused(cvm.StopInstances(instance), 'UnsupportedOperation.InstanceStateStopped');

  await cvm.StartInstances(instance);
  await until(() => state(cvm), (is) => is === 'RUNNING');
});

test('a dry run makes nothing', async () => {
  const cvm = client();
  await refused(cvm.CreateImage({ InstanceId: INSTANCE, ImageName: 'dry', DryRun: true }), 'DryRunOperation');
  assert.equal((await cvm.DescribeImages({})).TotalCount, 0);
});

test('a wrong key gets nothing', async () => {
  for (const how of [{}, { method: 'GET' }, { signMethod: 'HmacSHA256' }]) {
    await refused(client({ ...how, credential: { secretKey: 'wrong' } }).DescribeImages({}), 'AuthFailure.SignatureFailure');
    await refused(client({ ...how, credential: { secretId: 'AKIDnobody' } }).DescribeImages({}), 'AuthFailure.SecretIdNotFound');
    await refused(client({ ...how, credential: { token: 'none' } }).DescribeImages({}), 'AuthFailure.TokenFailure');
  }
});
