/** Of the whole product; a release is named by its first two numbers. The same as in package.json. */
export const VERSION = '0.1.0'
