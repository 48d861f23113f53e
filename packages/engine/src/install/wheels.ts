/** One file of PyPI, and what of it is unpacked. */
export interface Wheel {
  readonly name: string
  readonly version: string
  readonly file: string
  /** Bytes of the file. */
  readonly size: number
  readonly sha256: string
  /** Beginnings of the paths in it that are unpacked. */
  readonly wanted: readonly string[]
  /** Bytes of what is unpacked. */
  readonly unpacked: number
}

/** TensorFlow's own two libraries, and the headers of its C interface. */
const libraries = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/tsl/c/',
]

/**
 * TensorFlow for CPUs, Linux x64. Versions 2.16 to 2.19 bring a oneDNN that crashes on AVX-512 machines where a window of
 * a convolution lies in its padding altogether; 2.20 and 2.21 write to stderr as they are loaded, whatever they are told.
 */
export const cpuWheels: readonly Wheel[] = [
  {
    name: 'tensorflow-cpu',
    version: '2.15.1',
    file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    size: 207_208_420,
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    wanted: libraries,
    unpacked: 614_322_000,
  },
]

/**
 * TensorFlow for NVIDIA's GPUs, Linux x64, with the libraries of CUDA 12.2 and cuDNN 8.9 that this version asks for. They
 * are unpacked as they lie in Python's `site-packages`, where TensorFlow's libraries look for them.
 */
export const gpuWheels: readonly Wheel[] = [
  {
    name: 'tensorflow',
    version: '2.15.1',
    file: 'tensorflow-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    size: 475_258_663,
    sha256: 'bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4',
    wanted: libraries,
    unpacked: 1_030_367_032,
  },
  {
    name: 'nvidia-cublas-cu12',
    version: '12.2.5.6',
    file: 'nvidia_cublas_cu12-12.2.5.6-py3-none-manylinux1_x86_64.whl',
    size: 417_825_305,
    sha256: 'f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0',
    wanted: ['nvidia/cublas/lib/'],
    unpacked: 633_247_896,
  },
  {
    name: 'nvidia-cuda-cupti-cu12',
    version: '12.2.142',
    file: 'nvidia_cuda_cupti_cu12-12.2.142-py3-none-manylinux1_x86_64.whl',
    size: 13_900_552,
    sha256: 'ce68d1009dd14215e38ed49643d31374c71d6fea381181cb0b9da7f19dfd1624',
    wanted: ['nvidia/cuda_cupti/lib/'],
    unpacked: 44_439_856,
  },
  {
    name: 'nvidia-cuda-nvcc-cu12',
    version: '12.2.140',
    file: 'nvidia_cuda_nvcc_cu12-12.2.140-py3-none-manylinux1_x86_64.whl',
    size: 21_319_729,
    sha256: 'c6ff4ae7a636eb6cab7621191e19ac3779690686bbcf52c04d8b1ca2944e1e27',
    wanted: ['nvidia/cuda_nvcc/bin/', 'nvidia/cuda_nvcc/nvvm/'],
    unpacked: 53_508_484,
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.2.140',
    file: 'nvidia_cuda_nvrtc_cu12-12.2.140-py3-none-manylinux1_x86_64.whl',
    size: 23_430_053,
    sha256: 'b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7',
    wanted: ['nvidia/cuda_nvrtc/lib/'],
    unpacked: 60_485_840,
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.2.140',
    file: 'nvidia_cuda_runtime_cu12-12.2.140-py3-none-manylinux1_x86_64.whl',
    size: 845_802,
    sha256: 'acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41',
    wanted: ['nvidia/cuda_runtime/lib/'],
    unpacked: 683_360,
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '8.9.4.25',
    file: 'nvidia_cudnn_cu12-8.9.4.25-py3-none-manylinux1_x86_64.whl',
    size: 720_096_787,
    sha256: '9f882d5b11753c566fd32427839089eb4f8ba7a58c28446ad359e32c40229723',
    wanted: ['nvidia/cudnn/lib/'],
    unpacked: 1_163_573_176,
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.0.8.103',
    file: 'nvidia_cufft_cu12-11.0.8.103-py3-none-manylinux1_x86_64.whl',
    size: 98_570_970,
    sha256: '72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67',
    wanted: ['nvidia/cufft/lib/'],
    unpacked: 180_010_032,
  },
  {
    name: 'nvidia-curand-cu12',
    version: '10.3.3.141',
    file: 'nvidia_curand_cu12-10.3.3.141-py3-none-manylinux1_x86_64.whl',
    size: 56_463_566,
    sha256: '7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a',
    wanted: ['nvidia/curand/lib/'],
    unpacked: 96_853_424,
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.5.2.141',
    file: 'nvidia_cusolver_cu12-11.5.2.141-py3-none-manylinux1_x86_64.whl',
    size: 124_890_758,
    sha256: '5a85c4653ce34339a5688137f494a0f903e0f0532418550998167f00844161da',
    wanted: ['nvidia/cusolver/lib/'],
    unpacked: 198_451_896,
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.1.2.141',
    file: 'nvidia_cusparse_cu12-12.1.2.141-py3-none-manylinux1_x86_64.whl',
    size: 195_268_625,
    sha256: '4e13d6a51d2303dcb2a023ba09546811161f0334fc64e13689397bbd3b1eb126',
    wanted: ['nvidia/cusparse/lib/'],
    unpacked: 263_844_496,
  },
  {
    name: 'nvidia-nccl-cu12',
    version: '2.16.5',
    file: 'nvidia_nccl_cu12-2.16.5-py3-none-manylinux1_x86_64.whl',
    size: 188_657_797,
    sha256: '84695a4248138fb2ca12f5fd3defe986e790e71ccdaad51b2ca34ca4e83ef421',
    wanted: ['nvidia/nccl/lib/'],
    unpacked: 256_561_472,
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.2.140',
    file: 'nvidia_nvjitlink_cu12-12.2.140-py3-none-manylinux1_x86_64.whl',
    size: 20_177_273,
    sha256: '95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9',
    wanted: ['nvidia/nvjitlink/lib/'],
    unpacked: 49_621_536,
  },
]
