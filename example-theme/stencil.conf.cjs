// Tells the Stencil CLI that this theme has no build step: its assets are served as they are.
module.exports = {
  watchOptions: { files: ['/templates', '/lang', '/assets'], ignored: [] },
  development() {},
  production(done) {
    done();
  },
};
