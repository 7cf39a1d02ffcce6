import { expect, it } from 'vitest';
import { followStep } from './follow';

it('leaves the pace alone near live', () => {
  for (const behind of [-0.9, 0, 1.4]) expect(followStep(behind, 1)).toEqual({ rate: 1 });
});

it('goes faster until it is there', () => {
  expect(followStep(1.6, 1)).toEqual({ rate: 1.1 });
  expect(followStep(0.5, 1.1)).toEqual({ rate: 1.1 });
  expect(followStep(0.2, 1.1)).toEqual({ rate: 1 });
});

it('goes slower where there is hardly anything left to play', () => {
  expect(followStep(-1.5, 1)).toEqual({ rate: 0.9 });
  expect(followStep(-0.5, 0.9)).toEqual({ rate: 0.9 });
  expect(followStep(-0.1, 0.9)).toEqual({ rate: 1 });
});

it('jumps over what would take too long', () => {
  expect(followStep(9, 1)).toBe('jump');
});
