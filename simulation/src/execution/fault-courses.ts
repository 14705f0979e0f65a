import type { StateHash } from '../kernel/state-hash.ts';
import type { Timers } from '../primitives/timers.ts';
import { type Drill, type FaultHappening, faultSeconds, faultTarget } from '../protocol/index.ts';

/** Time between the word that a spot node will be taken and its taking. */
const SPOT_NOTICE_MS = 30_000;
/** Timers that belong to no node. */
const NO_NODE = -1;

/** A fault's way: it waits for its time, a spot interruption gives notice, it acts, and it is over. */
const PHASES = ['waiting', 'told', 'acting', 'over'] as const;
interface Course {
  readonly fault: Drill;
  readonly timer: number;
  phase: (typeof PHASES)[number];
}

export interface FaultCoursesRun {
  readonly timers: Timers;
  readonly tell: (news: FaultHappening) => void;
  /** A fault acts from now on. */
  readonly begun: (fault: Drill, nowMs: number) => void;
  /** Other faults act than before. */
  readonly changed: (nowMs: number) => void;
}

/** The faults of a run, each on its way. */
export class FaultCourses {
  readonly #run: FaultCoursesRun;
  readonly #courses: Course[] = [];

  constructor(run: FaultCoursesRun) {
    this.#run = run;
  }

  get isEmpty(): boolean {
    return this.#courses.length === 0;
  }

  get acting(): Drill[] {
    return this.#courses.filter(({ phase }) => phase === 'acting').map(({ fault }) => fault);
  }

  /** Those that act, and those that have been announced. */
  get told(): Drill[] {
    return this.#courses
      .filter(({ phase }) => phase === 'acting' || phase === 'told')
      .map(({ fault }) => fault);
  }

  /** Whether a fault of this name has been there, or will be. */
  knows(id: string): boolean {
    return this.#courses.some(({ fault }) => fault.id === id);
  }

  /** A fault begins at a time. */
  add(fault: Drill, atMs: number): void {
    this.#run.timers.arm(this.#create(fault).timer, atMs);
  }

  /** A fault begins now. */
  begin(fault: Drill, nowMs: number): void {
    this.#advance(this.#create(fault), nowMs);
  }

  /** Ends faults that have begun; how everything is has to be brought in line afterwards. */
  endWhere(isOver: (fault: Drill) => boolean): void {
    for (const course of this.#courses) {
      if (course.phase === 'waiting' || course.phase === 'over') continue;
      if (isOver(course.fault)) this.#end(course);
    }
  }

  mixInto(hash: StateHash): void {
    for (const { phase } of this.#courses) hash.mixInt(PHASES.indexOf(phase));
  }

  #create(fault: Drill): Course {
    const timer = this.#run.timers.create(NO_NODE, (nowMs) => this.#advance(course, nowMs));
    const course: Course = { fault, timer, phase: 'waiting' };
    this.#courses.push(course);
    return course;
  }

  #advance(course: Course, nowMs: number): void {
    switch (course.phase) {
      case 'waiting':
        return this.#reach(course, nowMs);
      case 'told':
        return this.#act(course, nowMs);
      case 'acting':
        this.#end(course);
        return this.#run.changed(nowMs);
      case 'over':
    }
  }

  #reach(course: Course, nowMs: number): void {
    const { fault, timer } = course;
    this.#tell('fault-began', fault);
    if (fault.kind === 'spot-interruption') {
      course.phase = 'told';
      this.#run.timers.arm(timer, nowMs + SPOT_NOTICE_MS);
    } else this.#act(course, nowMs);
  }

  #act(course: Course, nowMs: number): void {
    const { fault, timer } = course;
    course.phase = 'acting';
    this.#run.begun(fault, nowMs);
    const seconds = faultSeconds(fault);
    if (seconds === 0) this.#end(course);
    else if (seconds !== null) this.#run.timers.arm(timer, nowMs + seconds * 1000);
    this.#run.changed(nowMs);
  }

  #end(course: Course): void {
    course.phase = 'over';
    this.#run.timers.disarm(course.timer);
    this.#tell('fault-ended', course.fault);
  }

  #tell(type: 'fault-began' | 'fault-ended', fault: Drill): void {
    const { id, kind } = fault;
    this.#run.tell({ type, fault: id, kind, target: faultTarget(fault) });
  }
}
