// A seed job makes a freestyle job for each tier. Single quotes: the job replaces the variable, not this script.
[web: 'ins-6pb6lrmy', db: 'ins-h3m9qa2w'].each { tier, instance ->
  freeStyleJob("bake-${tier}") {
    steps {
      createCloudImage {
        credentialsId('tencent-prod')
        imageName(tier + '-${BUILD_NUMBER}')
        timeoutMinutes(90)
        cloud {
          tencentCloud {
            region('ap-guangzhou')
            instanceId(instance)
          }
        }
      }
    }
  }
}
