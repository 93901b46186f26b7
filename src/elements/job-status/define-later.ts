/** For elements that show details of a job when they are asked to. Only ever imported dynamically. */
import './define.ts';

export {};
