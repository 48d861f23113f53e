import { testReadme } from '@coherent-gradients/testkit'

testReadme(new URL('../README.md', import.meta.url))
