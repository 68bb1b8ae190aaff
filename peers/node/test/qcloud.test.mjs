// The Node.js SDK of Tencent's API v2, qcloudapi-sdk, against the fake QCloud.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startSimulator, until } from '../simulator.mjs';

const Capi = createRequire(import.meta.url)('qcloudapi-sdk');
const RUNNING = 'ins-6pb6lrmy';
const REPLAY = 4500;
const STOPPED = 'ins-r8hr2upy';
let simulator;

function client(defaults) {
  const { host, keyId, secret } = simulator.clouds.qcloud;
  const api = new Capi({ SecretId: keyId, SecretKey: secret, Region: 'gz', protocol: 'http', ...defaults });
  const send = (Action, parameters) =>
    new Promise((resolve, reject) => {
      const options = { ...api.defaults, host };
      api.request({ Action, ...parameters }, options, (error, body) => (error ? reject(error) : resolve(body)));
    });
  return async (Action, parameters = {}) => {
    // The SDK's nonces are below 65,536: two calls of one second may have the same, and the second one is refused.
    for (;;) {
      const body = await send(Action, parameters);
      if (body.code !== REPLAY) {
        return body;
      }
    }
  };
}

async function image(call, name) {
  const { imageSet } = await call('DescribeImages', { imageType: 1 });
  return imageSet.find(({ imageName }) => imageName === name);
}

before(async () => {
  simulator = await startSimulator();
});

after(() => simulator.close());

for (const how of [
  { method: 'POST', signatureMethod: 'sha1' },
  { method: 'GET', signatureMethod: 'sha1' },
  { method: 'POST', signatureMethod: 'sha256' },
  { method: 'GET', signatureMethod: 'sha256' },
]) {
  test(`makes an image, waits for it and deletes it by ${how.method} ${how.signatureMethod}`, async () => {
    const call = client(how);
    const imageName = `${how.method}-${how.signatureMethod}`;
    const created = await call('CreateImage', { instanceId: STOPPED, imageName, imageDescription: '夜间-web' });
    assert.equal(created.code, 0);
    assert.equal((await call('CreateImage', { instanceId: RUNNING, imageName: 'x' })).code, 5100);

    const made = await until(
      () => image(call, imageName),
      (each) => each?.status === 2,
    );
    assert.equal(made.imageDescription, '夜间-web');
    const taken = await call('CreateImage', { instanceId: STOPPED, imageName });
    assert.equal(taken.code, 5100);
    assert.match(taken.message, /image name exists/);

    const shares = async () => {
      const { data } = await call('GetImageShareUinInfo', { imageIds: [made.unImgId] });
      return data.imageList[0].shareUinInfo.map(({ uin }) => uin);
    };
    const uinList = ['100012345678', '100012345679'];
    assert.equal((await call('ShareImage', { imageId: made.unImgId, uinList })).code, 0);
    assert.deepEqual(await shares(), uinList);
    assert.equal((await call('CancelShareImage', { imageId: made.unImgId, uinList })).code, 0);
    assert.deepEqual(await shares(), []);

    assert.equal((await call('DeleteImages', { imageIds: [made.unImgId] })).code, 0);
    const gone = await call('DeleteImages', { imageIds: [made.unImgId] });
    assert.equal(gone.detail[made.unImgId].code, 5000);
    assert.equal((await call('DescribeImages', { imageType: 1, imageIds: [made.unImgId] })).totalCount, 0);
  });
}

test('copies an image to other regions', async () => {
  const call = client();
  const imageName = 'node-source';
  assert.equal((await call('CreateImage', { instanceId: STOPPED, imageName })).code, 0);
  const { unImgId } = await image(call, imageName);
  const copy = (dstRegion) => call('SyncCvmImage', { srcRegion: 'gz', imgIdList: [unImgId], dstRegion });
  assert.equal((await copy(['sh'])).code, 5100);
  await until(
    () => image(call, imageName),
    ({ status }) => status === 2,
  );
  for (const wrong of [['gz'], ['ap-shanghai'], ['usw'], ['nowhere'], []]) {
    assert.equal((await copy(wrong)).code, 4000, String(wrong));
  }

  assert.deepEqual(await copy(['sh', 'bj']), { code: 0, message: '' });
  assert.equal((await copy(['cd'])).code, 5100);
  assert.equal((await image(call, imageName)).status, 5);
  assert.equal((await image(client({ Region: 'ap-beijing' }), imageName)).status, 4);
  for (const Region of ['sh', 'ap-beijing']) {
    const there = client({ Region });
    const made = await until(
      () => image(there, imageName),
      ({ status }) => status === 2,
    );
    assert.notEqual(made.unImgId, unImgId);
    assert.equal((await there('DeleteImages', { imageIds: [unImgId] })).detail[unImgId].code, 5000);
  }
  await until(
    () => image(call, imageName),
    ({ status }) => status === 2,
  );
  assert.match((await copy(['sh'])).message, /image name exists/);
});

test('lists without being told what', async () => {
  const { instanceSet } = await client()('DescribeInstances');
  assert.deepEqual(instanceSet.map(({ unInstanceId }) => unInstanceId).sort(), [RUNNING, STOPPED]);
});

test('stops what runs and nothing else', async () => {
  const call = client();
  const none = await call('StopInstances', { instanceIds: ['ins-00000000'] });
  assert.equal(none.detail['ins-00000000'].code, 5000);
  assert.equal((await call('DescribeInstances')).totalCount, 2);
  const idle = await call('StopInstances', { instanceIds: [STOPPED] });
  assert.equal(idle.detail[STOPPED].codeDesc, 'OperationConstraints.InvaildInstanceStatus');
  const busy = await call('StartInstances', { instanceIds: [RUNNING] });
  assert.equal(busy.detail[RUNNING].codeDesc, 'OperationConstraints.InvaildInstanceStatus');
});

test('a wrong key gets nothing', async () => {
  assert.equal((await client({ SecretKey: 'wrong' })('DescribeInstances')).code, 4100);
  assert.equal((await client({ SecretId: 'AKIDnobody' })('DescribeInstances')).code, 4104);
});
