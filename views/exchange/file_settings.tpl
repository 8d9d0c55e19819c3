<fieldset>
  <legend>The file</legend>
  <div class="control">
    <label for="encoding">Letters are written in</label>
    <select id="encoding" name="encoding">
      % for value, words in encodings.items():
      <option value="{{value}}"{{" selected" if value == form.encoding else ""}}>{{words}}</option>
      % end
    </select>
  </div>
  <div class="control">
    <label for="delimiter">Between two cells is a</label>
    <select id="delimiter" name="delimiter">
      % for value, words in delimiters.items():
      <option value="{{value}}"{{" selected" if value == form.delimiter else ""}}>{{words}}</option>
      % end
    </select>
  </div>
  <div class="control">
    <label for="header">The headings are in line</label>
    <input id="header" name="header" type="number" min="0" max="10000" value="{{form.header}}" aria-describedby="header-hint">
    <p class="hint" id="header-hint">0 when there are none.</p>
  </div>
</fieldset>
