export { examineEngine, type EngineReport, type ExamineOptions } from './examine-engine.ts'
