/* A shared library that is no connector. */
int an_answer(void);
int an_answer(void) { return 42; }
