// A shared library holds what is the same in all jobs. The image is returned, as by the step itself.
def call(String tier, String instanceId) {
  return createCloudImage(credentialsId: 'tencent-prod', imageName: "${tier}-${env.BUILD_NUMBER}",
      description: "Made by ${env.JOB_NAME}", onIncomplete: 'delete',
      cloud: tencentCloud(region: 'ap-guangzhou', instanceId: instanceId))
}
