declare module "@zazuko/yasgui/build/yasgui.min.css";
