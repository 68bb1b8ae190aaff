// Alibaba Cloud's Node.js SDKs against the fake ECS, ENS and Apsara Stack.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startSimulator, until } from '../simulator.mjs';

const require = createRequire(import.meta.url);
const ecs = require('@alicloud/ecs20140526');
const core = require('@alicloud/openapi-core');
const openApi = require('@alicloud/openapi-client');
const util = require('@alicloud/tea-util');
const { RPCClient } = require('@alicloud/pop-core');
const ALY = require('aliyun-sdk');

const REGION = 'cn-hangzhou';
const INSTANCE = 'i-bp1g6zv0ce8oghu7k2xd';
const ENS_INSTANCE = 'i-5rr1bnyrc4tswr8cq3w6y';
let simulator;

before(async () => {
  simulator = await startSimulator();
});

after(() => simulator.close());

function ecsClient() {
  const { host, keyId, secret } = simulator.clouds.alibabaEcs;
  const config = { accessKeyId: keyId, accessKeySecret: secret, endpoint: host, protocol: 'http', regionId: REGION };
  return new ecs.default(new core.$OpenApiUtil.Config(config));
}

function popClient(cloud, apiVersion, options) {
  const { url, keyId, secret } = simulator.clouds[cloud];
  return new RPCClient({ accessKeyId: keyId, accessKeySecret: secret, endpoint: url, apiVersion, ...options });
}

/** The codes of ECS's SDK have the status in front, or not, depending on its version. */
function hasCode(code) {
  return (error) => assert.ok(String(error.code).includes(code), `${error.code} is not ${code}`) || true;
}

test('the SDK of ECS makes an image, waits until it is available, and deletes it', async () => {
  const client = ecsClient();
  const request = new ecs.CreateImageRequest({
    regionId: REGION,
    instanceId: INSTANCE,
    imageName: 'node-1',
    description: 'by the SDK',
    clientToken: 'node-token',
    imageFamily: 'node-family',
    tag: [new ecs.CreateImageRequestTag({ key: 'team', value: 'web' })],
  });
  const { imageId } = (await client.createImage(request)).body;
  assert.match(imageId, /^m-/);
  assert.equal((await client.createImage(request)).body.imageId, imageId);

  const { image } = (
    await until(
      async () => (await client.describeImages(new ecs.DescribeImagesRequest({ regionId: REGION, imageId }))).body,
      (body) => body.totalCount === 1,
    )
  ).images;
  assert.equal(image[0].status, 'Available');
  assert.equal(image[0].imageName, 'node-1');
  assert.equal(image[0].description, 'by the SDK');
  assert.deepEqual({ ...image[0].tags.tag[0] }, { tagKey: 'team', tagValue: 'web' });

  const change = (request) =>
    client.modifyImageSharePermission(
      new ecs.ModifyImageSharePermissionRequest({ regionId: REGION, imageId, ...request }),
    );
  const accounts = ['1234567890', '1234567891'];
  await change({ addAccount: accounts });
  const { body } = await client.describeImageSharePermission(
    new ecs.DescribeImageSharePermissionRequest({ regionId: REGION, imageId }),
  );
  assert.deepEqual(body.accounts.account.map(({ aliyunId }) => aliyunId), accounts);
  const remove = () => client.deleteImage(new ecs.DeleteImageRequest({ regionId: REGION, imageId }));
  await assert.rejects(remove(), hasCode('ImageUseShared'));
  await change({ removeAccount: accounts });

  const ofFamily = async (imageFamily, imageOwnerAlias) => {
    const wanted = new ecs.DescribeImagesRequest({ regionId: REGION, imageFamily, imageOwnerAlias });
    return (await client.describeImages(wanted)).body.images.image.map((each) => each.imageId);
  };
  assert.equal(image[0].imageFamily, 'node-family');
  assert.equal(image[0].imageOwnerAlias, 'self');
  assert.deepEqual(await ofFamily('node-family', 'self'), [imageId]);
  assert.deepEqual(await ofFamily('node-family', 'others'), []);
  assert.deepEqual(await ofFamily('node', 'self'), []);

  const deprecate = { regionId: REGION, imageId, status: 'Deprecated' };
  await client.modifyImageAttribute(new ecs.ModifyImageAttributeRequest(deprecate));
  const list = (status) => client.describeImages(new ecs.DescribeImagesRequest({ regionId: REGION, status }));
  assert.equal((await list()).body.totalCount, 0);
  assert.equal((await list('Available,Deprecated')).body.images.image[0].status, 'Deprecated');

  await remove();
  assert.equal((await list('Available,Deprecated')).body.totalCount, 0);
});

test('the SDK of ECS copies an image to another region, and cancels a copy', async () => {
  const client = ecsClient();
  const make = { regionId: REGION, instanceId: INSTANCE, imageName: 'node-source' };
  const { imageId } = (await client.createImage(new ecs.CreateImageRequest(make))).body;
  const copy = (more) =>
    client.copyImage(
      new ecs.CopyImageRequest({
        regionId: REGION,
        imageId,
        destinationRegionId: 'cn-shanghai',
        destinationImageName: 'node-copy',
        destinationDescription: 'copied by the SDK',
        tag: [new ecs.CopyImageRequestTag({ key: 'team', value: 'web' })],
        ...more,
      }),
    );
  const describe = async (regionId, id) => {
    const request = { regionId, imageId: id, status: 'Creating,Waiting,Available' };
    return (await client.describeImages(new ecs.DescribeImagesRequest(request))).body.images.image[0];
  };
  await assert.rejects(copy(), hasCode('IncorrectImageStatus'));
  await until(() => describe(REGION, imageId), ({ status }) => status === 'Available');
  await assert.rejects(copy({ destinationRegionId: REGION }), hasCode('IncorrectDestinationRegion'));
  await assert.rejects(copy({ KMSKeyId: 'key-1' }), hasCode('InvalidParameter.EncryptedIllegal'));

  const first = (await copy({ clientToken: 'node-copy-token' })).body.imageId;
  assert.equal((await copy({ clientToken: 'node-copy-token' })).body.imageId, first);
  assert.equal(await describe(REGION, first), undefined);
  assert.equal((await describe('cn-shanghai', first)).isCopied, true);
  const there = { regionId: 'cn-shanghai', imageId: first };
  const remove = (where) => client.deleteImage(new ecs.DeleteImageRequest(where));
  await assert.rejects(remove(there), hasCode('OperationDenied.ImageCopying'));
  await assert.rejects(remove({ regionId: REGION, imageId }), hasCode('OperationDenied.ImageCopying'));
  const cancel = (where) => client.cancelCopyImage(new ecs.CancelCopyImageRequest(where));
  await cancel(there);
  assert.equal(await describe('cn-shanghai', first), undefined);
  await assert.rejects(cancel({ regionId: REGION, imageId }), hasCode('ImageCreatedNotFromCopy'));

  const second = (await copy()).body.imageId;
  const image = await until(() => describe('cn-shanghai', second), ({ status }) => status === 'Available');
  assert.equal(image.imageName, 'node-copy');
  assert.equal(image.description, 'copied by the SDK');
  assert.deepEqual({ ...image.tags.tag[0] }, { tagKey: 'team', tagValue: 'web' });
  await assert.rejects(cancel({ regionId: 'cn-shanghai', imageId: second }), hasCode('IncorrectImageStatus'));
  await remove({ regionId: 'cn-shanghai', imageId: second });
  await remove({ regionId: REGION, imageId });
});

test('the SDK of ECS lists instances and snapshots without ids', async () => {
  const client = ecsClient();
  const instances = await client.describeInstances(new ecs.DescribeInstancesRequest({ regionId: REGION }));
  assert.deepEqual(instances.body.instances.instance.map((instance) => instance.instanceId), [INSTANCE]);
  const snapshots = await client.describeSnapshots(new ecs.DescribeSnapshotsRequest({ regionId: REGION }));
  assert.ok(Array.isArray(snapshots.body.snapshots.snapshot));
});

test('the SDK of ECS lists launch templates without ids', async () => {
  const client = ecsClient();
  const { body } = await client.describeLaunchTemplates(new ecs.DescribeLaunchTemplatesRequest({ regionId: REGION }));
  assert.equal(body.totalCount, 1);
  const [{ launchTemplateId }] = body.launchTemplateSets.launchTemplateSet;
  const wanted = { regionId: REGION, launchTemplateId, detailFlag: true, pageSize: 50 };
  const versions = await client.describeLaunchTemplateVersions(new ecs.DescribeLaunchTemplateVersionsRequest(wanted));
  const [version] = versions.body.launchTemplateVersionSets.launchTemplateVersionSet;
  assert.equal(version.versionNumber, 1);
  assert.equal(version.launchTemplateData.imageId, 'img-simulated');
});

test('the SDK of ECS stops and starts an instance without naming a region', async () => {
  const client = ecsClient();
  const stop = (instanceId) => client.stopInstance(new ecs.StopInstanceRequest({ instanceId }));
  const start = (instanceId) => client.startInstance(new ecs.StartInstanceRequest({ instanceId }));
  const status = async () => {
    const wanted = { regionId: REGION, instanceIds: JSON.stringify([INSTANCE]) };
    const { body } = await client.describeInstances(new ecs.DescribeInstancesRequest(wanted));
    return body.instances.instance[0].status;
  };
  await assert.rejects(start(INSTANCE), hasCode('IncorrectInstanceStatus'));
  await stop(INSTANCE);
  await until(status, (word) => word === 'Stopped');
  await assert.rejects(stop(INSTANCE), hasCode('IncorrectInstanceStatus'));
  await start(INSTANCE);
  await until(status, (word) => word === 'Running');
  await assert.rejects(stop('i-none'), hasCode('InvalidInstanceId.NotFound'));
  await assert.rejects(start('i-none'), hasCode('InvalidInstanceId.NotFound'));
});

test('a dry run of the SDK of ECS passes by an error', async () => {
  const request = { regionId: REGION, instanceId: INSTANCE, imageName: 'node-dry', dryRun: true };
  await assert.rejects(ecsClient().createImage(new ecs.CreateImageRequest(request)), hasCode('DryRunOperation'));
});

for (const cloud of ['alibabaEcs', 'apsaraStack']) {
  for (const method of ['GET', 'POST']) {
    test(`pop-core makes an image at ${cloud} by ${method}`, async () => {
      const pop = popClient(cloud, '2014-05-26');
      const RegionId = cloud === 'alibabaEcs' ? REGION : 'cn-qingdao-env17-d01';
      const name = `pop-${method.toLowerCase()}`;
      const create = { RegionId, InstanceId: INSTANCE, ImageName: name };
      const { ImageId } = await pop.request('CreateImage', create, { method });
      const { Images } = await until(
        () => pop.request('DescribeImages', { RegionId, ImageName: name }, { method }),
        ({ TotalCount }) => TotalCount === 1,
      );
      assert.equal(Images.Image[0].ImageId, ImageId);
      assert.equal((await pop.request('DescribeInstances', { RegionId }, { method })).TotalCount, 1);
      await assert.rejects(
        pop.request('CreateImage', { ...create, ImageName: name }, { method }),
        hasCode('InvalidImageName.Duplicated'),
      );
      await pop.request('DeleteImage', { RegionId, ImageId }, { method });
    });
  }
}

test('a wrong secret gets nothing', async () => {
  for (const cloud of ['alibabaEcs', 'apsaraStack', 'alibabaEns']) {
    const version = cloud === 'alibabaEns' ? '2017-11-10' : '2014-05-26';
    const pop = popClient(cloud, version, { accessKeySecret: 'wrong' });
    await assert.rejects(pop.request('DescribeInstances', { RegionId: REGION }), hasCode('SignatureDoesNotMatch'));
  }
});

test('pop-core makes an image at ENS', async () => {
  const pop = popClient('alibabaEns', '2017-11-10', { codes: [0] });
  const { ImageId } = await pop.request('CreateImage', { ImageName: 'edge-pop', InstanceId: ENS_INSTANCE });
  await assert.rejects(pop.request('DeleteImage', { ImageId }), hasCode('IncorrectStatus.Image'));
  const { Images } = await until(
    () => pop.request('DescribeSelfImages', { ImageName: 'edge-pop' }),
    (body) => body.Images.Image[0].Status === 'Available',
  );
  assert.equal(Images.Image[0].ImageId, ImageId);
  assert.equal((await pop.request('DescribeInstances')).TotalCount, 2);
  await pop.request('ModifyImageSharePermission', { ImageId, AddAccounts: '1234567890,1234567891' });
  await pop.request('ModifyImageSharePermission', { ImageId, RemoveAccounts: '1234567890' });
  const { Accounts } = await pop.request('DescribeImageSharePermission', { ImageId });
  assert.deepEqual(Accounts.Account.map(({ AliyunUid }) => AliyunUid), ['1234567891']);
  await pop.request('DeleteImage', { ImageId });
  await assert.rejects(pop.request('DeleteImage', { ImageId }), hasCode('Error.DeleteImage'));
  await assert.rejects(pop.request('StopInstance', { InstanceId: 'i-none' }), hasCode('InstanceIdNotFound'));
  await assert.rejects(pop.request('StartInstance', { InstanceId: 'i-none' }), hasCode('InstanceNotFound'));
});

test('the generic client of the newer SDKs makes an image at ENS', async () => {
  const { host, keyId, secret } = simulator.clouds.alibabaEns;
  const config = { accessKeyId: keyId, accessKeySecret: secret, endpoint: host, protocol: 'http' };
  const client = new openApi.default(new openApi.Config(config));
  const call = async (action, query = {}) => {
    const params = new openApi.Params({
      action,
      version: '2017-11-10',
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'json',
      bodyType: 'json',
    });
    const { body } = await client.callApi(params, new openApi.OpenApiRequest({ query }), new util.RuntimeOptions({}));
    return body;
  };
  const { ImageId, Code } = await call('CreateImage', { ImageName: 'edge-tea', InstanceId: ENS_INSTANCE });
  assert.equal(Code, 0);
  const { Images } = await call('DescribeSelfImages', { ImageId });
  assert.equal(Images.Image[0].ImageName, 'edge-tea');
  await assert.rejects(call('CreateImage', { InstanceId: ENS_INSTANCE }), hasCode('MissingParameter'));
});

test('the old aliyun-sdk describes and makes images at ECS', async () => {
  const { url, keyId, secret } = simulator.clouds.alibabaEcs;
  const client = new ALY.ECS({ accessKeyId: keyId, secretAccessKey: secret, endpoint: url, apiVersion: '2014-05-26' });
  const call = (method, parameters) =>
    new Promise((resolve, reject) => {
      client[method](parameters, (error, data) => (error ? reject(error) : resolve(data)));
    });
  const { ImageId } = await call('createImage', { RegionId: REGION, InstanceId: INSTANCE, ImageName: 'old-sdk' });
  assert.match(ImageId, /^m-/);
  const { Images } = await until(
    () => call('describeImages', { RegionId: REGION, ImageName: 'old-sdk' }),
    ({ TotalCount }) => Number(TotalCount) === 1,
  );
  assert.equal(Images.Image[0].ImageName, 'old-sdk');
  await assert.rejects(call('startInstance', { InstanceId: INSTANCE }), hasCode('IncorrectInstanceStatus'));
});
