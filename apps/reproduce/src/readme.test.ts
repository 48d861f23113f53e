import { testReadme } from '@coherent-gradients/testkit'

const app = new URL('../', import.meta.url)

testReadme(new URL('../../../README.md', import.meta.url), app)
testReadme(new URL('../../../docs/measure.md', import.meta.url), app)
testReadme(new URL('../../../docs/cookbook.md', import.meta.url), app)
