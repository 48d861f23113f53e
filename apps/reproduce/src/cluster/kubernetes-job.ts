import { taskLoop, type ClusterJob } from './cluster-job.ts'

export interface KubernetesPlace {
  /** An image that holds this checkout at `/app`, installed, and bash. */
  readonly image: string
  /** A volume claim for the folder of runs that all pods can write to. */
  readonly claim: string
  /** Where the folder is mounted. */
  readonly mount: string
  readonly gpus?: number
  readonly cpus?: number
}

/**
 * A job as the manifest of a Kubernetes Job in completion mode Indexed: `kubectl apply -f` takes it. A task that fails or whose
 * pod is lost is tried again by itself, and the others go on.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/
 */
export function kubernetesJob(
  job: ClusterJob,
  { image, claim, mount, gpus, cpus }: KubernetesPlace,
): Readonly<Record<string, unknown>> {
  const limits = gpus === undefined ? {} : { limits: { 'nvidia.com/gpu': String(gpus) } }
  const requests = cpus === undefined ? {} : { requests: { cpu: String(cpus) } }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: job.name, labels: { app: 'coherent-gradients' } },
    spec: {
      completionMode: 'Indexed',
      completions: job.tasks,
      parallelism: job.tasks,
      backoffLimitPerIndex: 3,
      template: {
        metadata: { labels: { app: 'coherent-gradients' } },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'runs',
              image,
              workingDir: '/app',
              command: ['bash', '-c', taskLoop(job, 'JOB_COMPLETION_INDEX')],
              volumeMounts: [{ name: 'runs', mountPath: mount }],
              resources: { ...limits, ...requests },
            },
          ],
          volumes: [{ name: 'runs', persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  }
}

/** A name as Kubernetes takes it: lower case, digits and hyphens, 63 at most, ending in a letter or digit. */
export function kubernetesName(text: string): string {
  const plain = text.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')
  return plain.slice(0, 63).replaceAll(/^-+|-+$/g, '')
}
