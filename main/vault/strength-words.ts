import { say } from '../../preload/words/say';

/**
 * What the meter says, in the language of the person: handed to its thread, which has no messages of its own.
 *
 * @returns As zxcvbn wants it; `{base}` stands for a number.
 */
export function strengthWords() {
  const base = '{base}';
  return {
    warnings: {
      straightRow: say('main-strength.weak-straight-row'),
      keyPattern: say('main-strength.weak-key-pattern'),
      simpleRepeat: say('main-strength.weak-simple-repeat'),
      extendedRepeat: say('main-strength.weak-extended-repeat'),
      sequences: say('main-strength.weak-sequences'),
      recentYears: say('main-strength.weak-recent-years'),
      dates: say('main-strength.weak-dates'),
      topTen: say('main-strength.weak-top-ten'),
      topHundred: say('main-strength.weak-top-hundred'),
      common: say('main-strength.weak-common'),
      similarToCommon: say('main-strength.weak-similar-to-common'),
      wordByItself: say('main-strength.weak-word-by-itself'),
      namesByThemselves: say('main-strength.weak-names-by-themselves'),
      commonNames: say('main-strength.weak-common-names'),
      userInputs: say('main-strength.weak-user-inputs'),
      pwned: say('main-strength.weak-pwned'),
    },
    suggestions: {
      l33t: say('main-strength.better-l33t'),
      reverseWords: say('main-strength.better-reverse-words'),
      allUppercase: say('main-strength.better-all-uppercase'),
      capitalization: say('main-strength.better-capitalization'),
      dates: say('main-strength.better-dates'),
      recentYears: say('main-strength.better-recent-years'),
      associatedYears: say('main-strength.better-associated-years'),
      sequences: say('main-strength.better-sequences'),
      repeated: say('main-strength.better-repeated'),
      longerKeyboardPattern: say('main-strength.better-longer-keyboard-pattern'),
      anotherWord: say('main-strength.better-another-word'),
      useWords: say('main-strength.better-use-words'),
      noNeed: say('main-strength.better-no-need'),
      pwned: say('main-strength.better-pwned'),
    },
    timeEstimation: {
      ltSecond: say('main-strength.time-lt-second'),
      second: say('main-strength.time-second', { base }),
      seconds: say('main-strength.time-seconds', { base }),
      minute: say('main-strength.time-minute', { base }),
      minutes: say('main-strength.time-minutes', { base }),
      hour: say('main-strength.time-hour', { base }),
      hours: say('main-strength.time-hours', { base }),
      day: say('main-strength.time-day', { base }),
      days: say('main-strength.time-days', { base }),
      month: say('main-strength.time-month', { base }),
      months: say('main-strength.time-months', { base }),
      year: say('main-strength.time-year', { base }),
      years: say('main-strength.time-years', { base }),
      centuries: say('main-strength.time-centuries'),
    },
  };
}
